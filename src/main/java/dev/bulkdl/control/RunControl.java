package dev.bulkdl.control;

import dev.bulkdl.model.TargetName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Steers a run from outside: from a signal, a key, or a caller of the library. Thread-safe. */
public final class RunControl {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();
  private final Map<TargetName, Cancellation> files = new ConcurrentHashMap<>();
  private final Optional<Permits> permits;
  private volatile IntSupplier retrying = () -> 0;

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
   * Ends one file as cancelled; what was written of it can be continued by a later run.
   *
   * @return false when no such file is being worked on
   */
  public boolean cancel(TargetName target) {
    Cancellation file = files.get(target);
    if (file != null) {
      file.cancel();
    }
    return file != null;
  }

  /**
   * Takes up again the files that have failed so far, of very many the newest, unless the run is
   * over: when all of its files have ended, so has the run. Listeners are told by this thread,
   * which waits for a failure that they are just being told of: it must not hold a lock that they
   * take.
   *
   * @return how many these are
   */
  public int retryFailed() {
    return retrying.getAsInt();
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

  /** What the work on one file looks at until it is closed. */
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

  /** From now on this takes up failed files again, until the registration is closed. */
  public Cancellation.Registration retryBy(IntSupplier run) {
    retrying = run;
    return () -> retrying = () -> 0;
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
