package dev.bulkdl.control;

import dev.bulkdl.model.Hold;
import dev.bulkdl.model.TargetName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The waits before further attempts at files. The user can end them early. Thread-safe. */
public final class RetryWaits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Thread, Wait> waiting = new HashMap<>();
  private final Set<Thread> ended = new HashSet<>();

  private record Wait(TargetName file, Hold hold) {}

  /**
   * Waits until the time is over, or {@link #endAll} or {@link #end} is called.
   *
   * @param file the file that waits
   * @param hold why and until when
   * @param wait the blocking call, which an interrupt ends
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  public void await(TargetName file, Hold hold, Cancellation cancellation, Cancellation.Wait wait) {
    cancellation.interruptibly(
        () -> {
          enter(new Wait(file, hold));
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
      waiting.keySet().stream().filter(ended::add).forEach(Thread::interrupt);
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the waits of these files.
   *
   * @return the number of these files that waited
   */
  int end(Predicate<TargetName> which) {
    Set<TargetName> files = new HashSet<>();
    lock.lock();
    try {
      waiting.forEach(
          (thread, wait) -> {
            if (which.test(wait.file)) {
              files.add(wait.file);
              if (ended.add(thread)) {
                thread.interrupt();
              }
            }
          });
      return files.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the files that wait now. */
  Map<TargetName, Hold> holds() {
    lock.lock();
    try {
      Map<TargetName, Hold> holds = new HashMap<>();
      waiting.values().forEach(wait -> holds.put(wait.file, wait.hold));
      return holds;
    } finally {
      lock.unlock();
    }
  }

  private void enter(Wait wait) {
    lock.lock();
    try {
      waiting.put(Thread.currentThread(), wait);
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
