package dev.bulkdl.control;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The waits before further attempts at files. The user can end them early. Thread-safe. */
public final class RetryWaits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Thread> waiting = new HashSet<>();
  private final Set<Thread> ended = new HashSet<>();

  /**
   * Waits until the time is over, or {@link #endAll} is called.
   *
   * @param wait the blocking call, which an interrupt ends
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  public void await(Cancellation cancellation, Cancellation.Wait wait) {
    cancellation.interruptibly(
        () -> {
          enter();
          try {
            wait.run();
          } catch (InterruptedException e) {
            if (!isEnded()) {
              throw e;
            }
          } finally {
            leave();
          }
        });
    cancellation.check(); // an interrupt by a cancellation may have come together with the end
  }

  /**
   * Ends all waits of this moment.
   *
   * @return their number
   */
  public int endAll() {
    lock.lock();
    try {
      waiting.stream().filter(ended::add).forEach(Thread::interrupt);
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    lock.lock();
    try {
      waiting.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnded() {
    lock.lock();
    try {
      return ended.contains(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ResultOfMethodCallIgnored") // clears the flag that a late end can have set
  private void leave() {
    lock.lock();
    try {
      waiting.remove(Thread.currentThread());
      if (ended.remove(Thread.currentThread())) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
