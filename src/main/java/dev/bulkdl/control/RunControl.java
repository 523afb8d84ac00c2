package dev.bulkdl.control;

import dev.bulkdl.model.TargetName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Controls a run from outside: from a signal, a key, or a caller of the library. Thread-safe. */
public final class RunControl {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();
  private final Map<TargetName, Cancellation> files = new ConcurrentHashMap<>();
  private final Permits permits;
  private volatile IntSupplier retrying = () -> 0;

  /**
   * @param permits the permits that {@link #changeConnections} changes
   */
  public RunControl(Permits permits) {
    this.permits = permits;
  }

  /**
   * Holds back new requests and stops reading. Open connections stay open for as long as the server
   * allows.
   */
  public void pause() {
    gate.close();
  }

  public void resume() {
    gate.open();
  }

  public boolean isPaused() {
    return gate.isClosed();
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
   * Queues the files that have failed so far again; only the newest of a very large number are
   * kept. Has no effect after the run has ended; a run ends when all of its files have ended. This
   * thread calls the listeners, and it waits for a failure that is being reported at the same time.
   * Therefore the caller must not hold a lock that a listener takes.
   *
   * @return the number of files that were queued again
   */
  public int retryFailed() {
    return retrying.getAsInt();
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

  /** Sets the function that queues failed files again, until the registration is closed. */
  public Cancellation.Registration retryBy(IntSupplier run) {
    retrying = run;
    return () -> retrying = () -> 0;
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
