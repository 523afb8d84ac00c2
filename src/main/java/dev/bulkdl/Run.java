package dev.bulkdl;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.model.TargetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A handle of a run that is under way: it controls the run and waits for its end. Thread-safe. */
public final class Run {

  private final RunControl control;
  private final Supplier<RunProgress> progress;
  private final KnownFiles files;
  private final CompletableFuture<Result> result;

  Run(
      RunControl control,
      Supplier<RunProgress> progress,
      KnownFiles files,
      CompletableFuture<Result> result) {
    this.control = control;
    this.files = files;
    this.progress = progress;
    this.result = result;
  }

  /**
   * Returns the state of the run at this moment. A {@link dev.bulkdl.event.ProgressListener}
   * receives the same a few times a second.
   */
  public RunProgress progress() {
    return progress.get();
  }

  /** Holds back new requests and stops reading. */
  public void pause() {
    control.pause();
  }

  public void resume() {
    control.resume();
  }

  /**
   * Changes the number of allowed connections by {@code delta}, effective at once and never below
   * 1. See {@link RunControl#changeConnections}.
   */
  public void changeConnections(int delta) {
    control.changeConnections(delta);
  }

  /**
   * Sets the largest number of connections of the run, effective at once. Where the number is
   * measured, this is its ceiling. Connections above it are closed, and their files go on at the
   * same position when there is room.
   *
   * @throws IllegalArgumentException below 1
   */
  public void connections(int most) {
    control.connections(most);
  }

  /**
   * Sets the largest number of connections to each host, effective at once. Rules for single hosts
   * with a lower number still hold.
   *
   * @throws IllegalArgumentException below 1
   */
  public void connectionsPerHost(int most) {
    control.connectionsPerHost(most);
  }

  /**
   * Sets the largest number of files in flight, effective at once. The newest files above it lose
   * their connections, and go on at the same position when it is their turn.
   *
   * @throws IllegalArgumentException below 1
   */
  public void files(int most) {
    control.files(most);
  }

  /**
   * Sets the largest number of connections for one file, effective at once. 1 splits no file.
   *
   * @throws IllegalArgumentException below 1
   */
  public void segments(int most) {
    control.segments(most);
  }

  /**
   * Sets how much the run gets beside other runs on its engine, of the engine's connections and of
   * its rate. One of weight 200 gets twice as much as one of weight 100, which is the default. A
   * run that has too many connections then gives them back as other runs ask for them.
   *
   * @param weight from 1 to 1000
   * @throws IllegalArgumentException outside of these
   */
  public void weight(int weight) {
    control.weight(weight);
  }

  /**
   * Limits all connections of the run together to this rate from now on. It replaces the limit
   * before, a timetable too. {@link Rate#UNLIMITED} ends it.
   */
  public void limitRate(Rate rate) {
    control.limitRate(RateTable.always(rate));
  }

  /** Limits the connections to each host together to this rate from now on. */
  public void limitRatePerHost(Rate rate) {
    control.limitRatePerHost(RateTable.always(rate));
  }

  /** Limits each connection to this rate from now on. */
  public void limitRatePerConnection(Rate rate) {
    control.limitRatePerConnection(RateTable.always(rate));
  }

  /** Limits the starts of requests to each host from now on. */
  public void limitRequests(RequestRate rate) {
    control.limitRequests(rate);
  }

  /**
   * Ends one file as cancelled. A later run can continue it.
   *
   * @return false if no work on this file is under way
   */
  public boolean cancel(TargetName target) {
    return control.cancel(target);
  }

  /**
   * Pauses one file: its connections end, its partial file stays, and it goes on at the same
   * position after {@link #resume(TargetName)}. The run does not end before that.
   *
   * @return false if no work on this file is in progress, or it is paused already
   */
  public boolean pause(TargetName target) {
    return control.pause(target);
  }

  /**
   * Lets a paused file go on.
   *
   * @return false if it was not paused
   */
  public boolean resume(TargetName target) {
    return control.resume(target);
  }

  /**
   * Pauses a host: its connections end, its partial files stay, and its files wait without a
   * connection until {@link #resumeHost}. Other hosts go on. A file that could not continue keeps
   * its connection and stops reading. The run does not end before that.
   *
   * @param host a name or an address, for all its ports
   * @return false if it is paused already
   * @throws IllegalArgumentException when this is no name or address of a host
   */
  public boolean pauseHost(String host) {
    return control.pauseHost(host);
  }

  /**
   * Lets a paused host go on, at the same positions.
   *
   * @return false if it was not paused
   * @throws IllegalArgumentException when this is no name or address of a host
   */
  public boolean resumeHost(String host) {
    return control.resumeHost(host);
  }

  /**
   * Returns why files do not go on that have begun: the user paused them, or they wait for their
   * next attempt. Why a host or the whole run does not go on is in {@link #progress}.
   */
  public Map<TargetName, Hold> fileHolds() {
    return control.fileHolds();
  }

  /**
   * Tries the files that wait for their next attempt at once.
   *
   * @return their number
   */
  public int retryNow() {
    return control.retryNow();
  }

  /**
   * Queues the files that have failed so far again; only the newest of a very large number are
   * kept. Has no effect after the run has ended; a run ends when all of its files have ended.
   *
   * @return the number of files that were queued again
   */
  public int retryFailed() {
    return control.retryFailed();
  }

  /**
   * Tries one file again: at once if it waits for its next attempt, and by queueing it if it has
   * failed. Has no effect after the run has ended.
   *
   * @return false if it does neither
   */
  public boolean retry(TargetName target) {
    return retry(List.of(target)) > 0;
  }

  /**
   * Tries these files again, as {@link #retry(TargetName)} does.
   *
   * @return the number of these files that are tried again
   */
  public int retry(Collection<TargetName> targets) {
    return control.retry(targets);
  }

  /**
   * Adds files to the run, behind those that wait. The run's totals grow.
   *
   * @return false if the run has ended or was stopped; then nothing was added
   * @throws IllegalArgumentException when a file of the run has one of these targets, or the
   *     settings have a credential header without a host and the files have several origins; then
   *     nothing was added
   */
  public boolean add(Collection<Download> more) {
    return files.add(more, control::add);
  }

  /** Stops the run soon and cleanly. A later run continues at the same position. */
  public void stop() {
    control.stop();
  }

  /**
   * Waits until every file has ended.
   *
   * @throws UncheckedIOException when the folder or the certificates could not be read
   * @throws RuntimeException an unexpected exception that ended the run
   */
  public Result await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw ended(e);
    }
  }

  /**
   * Waits until every file has ended, at most this long. The run goes on if the time is over first.
   *
   * @return empty when the time was over
   * @throws InterruptedException when this thread was interrupted; the run goes on
   * @throws UncheckedIOException as {@link #await()}
   * @throws RuntimeException as {@link #await()}
   */
  public Optional<Result> await(Duration most) throws InterruptedException {
    try {
      return Optional.of(result.get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw ended(e);
    }
  }

  private static RuntimeException ended(Exception wrapper) {
    Throwable cause = wrapper.getCause();
    if (cause instanceof RuntimeException unexpected) {
      return unexpected;
    }
    if (cause instanceof Error unexpected) {
      throw unexpected;
    }
    return cause instanceof IOException e
        ? new UncheckedIOException(e)
        : new IllegalStateException(wrapper);
  }

  /**
   * Returns the result as a future. It is a copy: to complete or cancel it does nothing to the run.
   * It completes exceptionally with the IOException or the unexpected exception that ended the run.
   */
  public CompletableFuture<Result> result() {
    return result.copy();
  }
}
