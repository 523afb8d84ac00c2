package dev.bulkdl;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.TargetName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A handle of a run that is under way: it controls the run and waits for its end. Thread-safe. */
public final class Run {

  private final RunControl control;
  private final CompletableFuture<Result> result;

  Run(RunControl control, CompletableFuture<Result> result) {
    this.control = control;
    this.result = result;
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
   * Ends one file as cancelled. A later run can continue it.
   *
   * @return false if no work on this file is under way
   */
  public boolean cancel(TargetName target) {
    return control.cancel(target);
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

  /** Stops the run soon and cleanly. A later run continues at the same position. */
  public void stop() {
    control.stop();
  }

  /**
   * Waits until every file has ended.
   *
   * @throws RuntimeException an unexpected exception that ended the run
   */
  public Result await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw e;
    }
  }

  /**
   * Waits until every file has ended, at most this long. The run goes on if the time is over first.
   *
   * @return empty when the time was over
   * @throws InterruptedException when this thread was interrupted; the run goes on
   * @throws RuntimeException what a bug threw
   */
  public Optional<Result> await(Duration most) throws InterruptedException {
    try {
      return Optional.of(result.get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /**
   * The result to come. It is a copy: completing or cancelling it does nothing to the run. It fails
   * with what a bug threw, or with the IOException that ended the run.
   */
  public CompletableFuture<Result> result() {
    return result.copy();
  }
}
