package dev.bulkdl.control;

/** Steers a run from outside: from a signal, a key, or a caller of the library. Thread-safe. */
public final class RunControl {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();

  /**
   * Holds back new requests and stops reading; open connections stay open while servers bear it.
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
   * Ends the run soon, and cleanly: everything that was written can be continued by the next one.
   */
  public void stop() {
    cancellation.cancel();
  }

  public boolean isStopped() {
    return cancellation.isCancelled();
  }

  /** What the work looks at. */
  public PauseGate gate() {
    return gate;
  }

  /** What the work looks at. */
  public Cancellation cancellation() {
    return cancellation;
  }
}
