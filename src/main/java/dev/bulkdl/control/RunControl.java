package dev.bulkdl.control;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.rate.ByteAllowance;
import dev.bulkdl.rate.RunRates;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Require;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Controls a run from outside: from a signal, a key, or a caller of the library. Thread-safe. */
public final class RunControl {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();
  private final Map<TargetName, Cancellation> files = new ConcurrentHashMap<>();
  private final Permits permits;
  private final RunRates rates;
  private final RetryWaits retryWaits = new RetryWaits();
  private final Held<TargetName> held = new Held<>();
  private volatile ToIntFunction<Predicate<TargetName>> retrying = files -> 0;
  private final AddedFiles added = new AddedFiles();
  private volatile HoldWatch holdWatch = HoldWatch.NOBODY;

  /** Who wants to know of holds. */
  private record HoldWatch(Consumer<Hold> began, Consumer<Hold> ended) {
    static final HoldWatch NOBODY = new HoldWatch(hold -> {}, hold -> {});
  }

  /**
   * @param permits the permits that {@link #changeConnections} changes
   */
  public RunControl(Permits permits) {
    this(permits, RunRates.alone());
  }

  /**
   * @param rates the rate limits that {@link #limitRate} and the other two change
   */
  public RunControl(Permits permits, RunRates rates) {
    this.permits = permits;
    this.rates = rates;
  }

  /**
   * Holds back new requests and stops reading. Open connections stay open for as long as the server
   * allows.
   */
  public void pause() {
    hold(Hold.byUser(Instant.now()));
  }

  /** Ends the pause by the user. The run stays paused while there is another reason. */
  public void resume() {
    release(Hold.Reason.OPERATOR);
  }

  /** Whether there is a reason to pause the run. */
  public boolean isPaused() {
    return gate.isClosed();
  }

  /** Pauses the run for one more reason. It replaces a hold with the same reason. */
  public void hold(Hold hold) {
    if (gate.close(hold)) {
      holdWatch.began.accept(hold);
    }
  }

  /** Takes a reason away. The run goes on if it was the last one. */
  public void release(Hold.Reason reason) {
    gate.open(reason).ifPresent(hold -> holdWatch.ended.accept(hold));
  }

  /** Returns the reasons why the run pauses now. */
  public List<Hold> holds() {
    return gate.holds();
  }

  /**
   * Reports each hold of the run until the registration is closed, on the thread that causes it.
   * Those that are there already are reported at once.
   */
  public Cancellation.Registration reportHolds(Consumer<Hold> began, Consumer<Hold> ended) {
    holdWatch = new HoldWatch(began, ended);
    gate.holds().forEach(began);
    return () -> holdWatch = HoldWatch.NOBODY;
  }

  /**
   * Changes the number of allowed connections by {@code delta}, effective at once and never below
   * 1. It changes the limit per origin if that one is effective, else the total limit. Connections
   * above a lowered limit are closed: helper connections of split files first, then the newest.
   * Their files wait for another connection and continue at the same position. A file that could
   * not continue keeps its connection until it has ended.
   */
  public void changeConnections(int delta) {
    permits.change(delta);
  }

  /**
   * Sets the largest number of connections of the run, effective at once. Where the number is
   * measured, this is its ceiling. Connections above it are closed as by {@link
   * #changeConnections}.
   *
   * @throws IllegalArgumentException below 1
   */
  public void connections(int most) {
    Require.atLeast(1, most, "connections");
    permits.limitInAll(most);
  }

  /**
   * Sets the largest number of connections to each host, effective as {@link #connections}. Rules
   * for single hosts with a lower number still hold.
   *
   * @throws IllegalArgumentException below 1
   */
  public void connectionsPerHost(int most) {
    Require.atLeast(1, most, "connectionsPerHost");
    permits.limitPerOrigin(most);
  }

  /**
   * Sets the largest number of files in flight, effective at once. The newest files above it lose
   * their connections, and go on at the same position when it is their turn.
   *
   * @throws IllegalArgumentException below 1
   */
  public void files(int most) {
    Require.atLeast(1, most, "files");
    permits.limitFiles(most);
  }

  /**
   * Sets the largest number of connections for one file, effective at once. 1 splits no file.
   *
   * @throws IllegalArgumentException below 1
   */
  public void segments(int most) {
    Require.atLeast(1, most, "segments");
    permits.limitSegments(most);
  }

  /**
   * Sets how much of the engine's connections and of its rate the run gets beside other runs, from
   * 1 to {@value Limits#MOST_WEIGHT}.
   *
   * @throws IllegalArgumentException outside of these
   */
  public void weight(int weight) {
    Limits.checkWeight(weight);
    permits.weigh(weight);
    rates.weigh(weight);
  }

  /**
   * Pauses a host: its connections end, its partial files stay, and its files wait without a
   * connection until {@link #resumeHost}. Other hosts go on. A file that could not continue keeps
   * its connection and stops reading.
   *
   * @param host a name or an address, for all its ports
   * @return false if it is paused already
   * @throws IllegalArgumentException when this is no name or address of a host
   */
  public boolean pauseHost(String host) {
    return permits.pauseHost(hostName(host));
  }

  /**
   * Lets a paused host go on, at the same positions.
   *
   * @return false if it was not paused
   * @throws IllegalArgumentException when this is no name or address of a host
   */
  public boolean resumeHost(String host) {
    return permits.resumeHost(hostName(host));
  }

  private static String hostName(String text) {
    HostScope host = HostScope.parse(text);
    if (host.below() || host.port().isPresent()) {
      throw new IllegalArgumentException("give one host without a port, such as example.org");
    }
    return host.host();
  }

  /** The largest numbers of connections, in all and to each origin. */
  public record Ceilings(int inAll, int perOrigin) {}

  /** Returns the present limits of connections. */
  public Ceilings ceilings() {
    return new Ceilings(permits.allowedInAll(), permits.usualPerOrigin());
  }

  /** Limits all connections of the run together from now on, in place of the limit before. */
  public void limitRate(RateTable table) {
    rates.limit(table);
  }

  /** Returns the limit of all connections together, as it is now. */
  public Rate rate() {
    return rates.rate();
  }

  /** Limits the connections to each host together from now on. */
  public void limitRatePerHost(RateTable table) {
    rates.limitPerHost(table);
  }

  /** Limits each connection from now on. */
  public void limitRatePerConnection(RateTable table) {
    rates.limitPerConnection(table);
  }

  /** Sets what the bytes of all connections are taken from; empty for no bound. */
  public void allow(Optional<ByteAllowance> bytes) {
    rates.allow(bytes);
  }

  /** Limits the starts of requests to each host from now on. */
  public void limitRequests(RequestRate rate) {
    rates.requests().limit(rate);
  }

  /** Returns the rate limits of the run. */
  public RunRates rates() {
    return rates;
  }

  /**
   * Ends one file as cancelled. A later run can continue it.
   *
   * @return false if no work on this file is in progress
   */
  public boolean cancel(TargetName target) {
    Cancellation file = files.get(target);
    if (file != null) {
      file.cancel();
    }
    return file != null;
  }

  /**
   * Pauses one file: its connections end, its partial file stays, and it goes on at the same
   * position after {@link #resume(TargetName)}. The run does not end before that.
   *
   * @return false if no work on this file is in progress, or it is paused already
   */
  public boolean pause(TargetName target) {
    Cancellation file = files.get(target);
    if (file == null || !held.add(target)) {
      return false;
    }
    file.cancel();
    return true;
  }

  /**
   * Lets a paused file go on.
   *
   * @return false if it was not paused
   */
  public boolean resume(TargetName target) {
    return held.release(target);
  }

  /** Whether the user paused this file. */
  public boolean isPaused(TargetName target) {
    return held.contains(target);
  }

  /**
   * Waits until a file that the user paused may go on. The caller's work on it has ended.
   *
   * @return false if the file is not paused, or was cancelled or stopped meanwhile
   */
  public boolean awaitResume(TargetName target) {
    if (!held.contains(target)) {
      return false;
    }
    try (Cancellation.Child waiting = begin(target)) {
      waiting.cancellation().interruptibly(() -> held.awaitRelease(target));
      return true;
    } catch (CancellationException e) {
      held.release(target);
      return false;
    }
  }

  /**
   * Ends the waits of all files that wait for their next attempt.
   *
   * @return the number of these files' waits
   */
  public int retryNow() {
    return retryWaits.endAll();
  }

  /** Returns the files that the user paused, and those that wait for their next attempt. */
  public Map<TargetName, Hold> fileHolds() {
    Map<TargetName, Hold> holds = retryWaits.holds();
    held.all().forEach((file, since) -> holds.put(file, Hold.byUser(since)));
    return holds;
  }

  /** Returns the waits before further attempts. */
  public RetryWaits retryWaits() {
    return retryWaits;
  }

  /**
   * Queues the files that have failed so far again; only the newest of a very large number are
   * kept. Has no effect after the run has ended; a run ends when all of its files have ended. This
   * thread calls the listeners, and it waits for a failure that is being reported at the same time.
   * Therefore the caller must not hold a lock that a listener takes.
   *
   * @return the number of files that were queued again
   */
  public int retryFailed() {
    return retrying.applyAsInt(file -> true);
  }

  /**
   * Tries these files again: one that waits for its next attempt at once, one that has failed by
   * queueing it as {@link #retryFailed} does, with the same conditions for the caller.
   *
   * @return the number of these files that are tried again
   */
  public int retry(Collection<TargetName> targets) {
    Set<TargetName> wanted = Set.copyOf(targets);
    return retryWaits.end(wanted::contains) + retrying.applyAsInt(wanted::contains);
  }

  /**
   * Adds files to the run.
   *
   * @param files with other targets than the run's other files
   * @return false if the run has ended or was stopped
   */
  public boolean add(List<Download> files) {
    return !isStopped() && added.add(files);
  }

  /**
   * Sets the function that takes added files, until the registration is closed.
   *
   * @param run returns false if it takes none any more
   */
  public Cancellation.Registration addBy(Predicate<List<Download>> run) {
    return added.begin(run);
  }

  /** Stops the run soon and cleanly. The next run can continue everything that was written. */
  public void stop() {
    cancellation.cancel();
  }

  public boolean isStopped() {
    return cancellation.isCancelled();
  }

  /** Returns the cancellation for the work on one file. The caller closes it when the work ends. */
  public Cancellation.Child begin(TargetName target) {
    Cancellation.Child child = cancellation.child();
    Cancellation own = child.cancellation();
    files.put(target, own);
    return new Cancellation.Child(
        own,
        () -> {
          files.remove(target, own);
          child.close();
        });
  }

  /**
   * Sets the function that queues failed files again, until the registration is closed.
   *
   * @param run gets which files, and returns their number
   */
  public Cancellation.Registration retryBy(ToIntFunction<Predicate<TargetName>> run) {
    retrying = run;
    return () -> retrying = files -> 0;
  }

  /** Returns the gate that the work passes before it reads or sends. */
  public PauseGate gate() {
    return gate;
  }

  /** Returns the cancellation that the work checks. */
  public Cancellation cancellation() {
    return cancellation;
  }
}
