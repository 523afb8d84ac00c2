package dev.bulkdl.control;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A thread under test. The test can wait until it is blocked and learns how it ended. */
public final class Threads {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Thread thread;
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();

  private Threads(Runnable work) {
    thread = Thread.ofVirtual().unstarted(() -> run(work));
  }

  public static Threads start(Runnable work) {
    Threads started = new Threads(work);
    started.thread.start();
    return started;
  }

  private void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      thrown.set(e);
    }
  }

  /** Returns when the thread is blocked, and not for a limited time. */
  public void awaitBlocked() {
    awaitState(Set.of(Thread.State.WAITING));
  }

  /** Returns when the thread is blocked, perhaps for a limited time. */
  public void awaitWaiting() {
    awaitState(Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING));
  }

  public void interrupt() {
    thread.interrupt();
  }

  private void awaitState(Set<Thread.State> states) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!states.contains(thread.getState())) {
      if (!thread.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("does not wait: " + thread.getState(), thrown.get());
      }
      Thread.onSpinWait();
    }
  }

  /** Returns when the thread has ended. The result is the exception that it threw, or null. */
  public Throwable join() throws InterruptedException {
    if (!thread.join(LONGEST)) {
      throw new AssertionError("does not end");
    }
    return thrown.get();
  }
}
