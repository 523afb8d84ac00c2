package dev.bulkdl.control;

import java.util.Optional;

/** Steers a run from outside: from a signal, a key, or a caller of the library. Thread-safe. */
public final class RunControl {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();
  private final Optional<Permits> permits;

  /** Of work that has no connections of its own. */
  public RunControl() {
    this.permits = Optional.empty();
  }

  /**
   * @param permits of the connections that may be changed
   */
  public RunControl(Permits permits) {
    this.permits = Optional.of(permits);
  }

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
   * Allows so many connections more, or fewer, at once; never fewer than one. The limit for each
   * origin changes while that one binds, else the limit in all. Connections above it are given
   * back: helpers of split files first, then the newest, whose files wait for another one and go on
   * where they were. A file that could not go on keeps its connection until it has ended.
   */
  public void changeConnections(int delta) {
    permits.ifPresent(all -> all.change(delta));
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
