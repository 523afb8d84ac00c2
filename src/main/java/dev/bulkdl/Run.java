package dev.bulkdl;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.TargetName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A run under way, to be steered and waited for. Thread-safe. */
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
   * Allows so many connections more, or fewer, at once; never fewer than one. See {@link
   * RunControl#changeConnections}.
   */
  public void changeConnections(int delta) {
    control.changeConnections(delta);
  }

  /**
   * Ends one file as cancelled; a later run continues it.
   *
   * @return false when no such file is being worked on
   */
  public boolean cancel(TargetName target) {
    return control.cancel(target);
  }

  /**
   * Takes up again the files that have failed so far, of very many the newest, unless the run is
   * over: when all of its files have ended, so has the run.
   *
   * @return how many these are
   */
  public int retryFailed() {
    return control.retryFailed();
  }

  /** Ends the run soon, and cleanly: a later one continues where it was. */
  public void stop() {
    control.stop();
  }

  /**
   * Waits until every file has ended.
   *
   * @throws RuntimeException what a bug threw
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
}
