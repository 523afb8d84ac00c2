package dev.bulkdl.hook;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with a fixed maximum of worker threads. A thread that adds to a full queue waits.
 * The workers are platform threads, because starting a process blocks its thread. Thread-safe.
 */
final class HookQueue<T> {

  private final int atATime;
  private final int mostWaiting;
  private final Consumer<T> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<T> waiting = new ArrayDeque<>();
  private int busy;
  private boolean stopped;
  private long skipped;

  HookQueue(int atATime, int mostWaiting, Consumer<T> work) {
    this.atATime = atATime;
    this.mostWaiting = mostWaiting;
    this.work = work;
  }

  /**
   * Starts the work at once if a worker is free, otherwise queues it. Waits while the queue is
   * full. Skips the work after {@link #stop}.
   */
  void add(T piece) {
    lock.lock();
    try {
      while (waiting.size() >= mostWaiting && !stopped) {
        changed.awaitUninterruptibly();
      }
      if (stopped) {
        skipped++;
        return;
      }
      if (busy < atATime) {
        busy++;
        begin(piece);
      } else {
        waiting.add(piece);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts no more work and discards what is queued. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      skipped += waiting.size();
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no worker is busy. */
  void awaitIdle() {
    lock.lock();
    try {
      while (busy > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The number of pieces that were not started because of {@link #stop}. */
  long skipped() {
    lock.lock();
    try {
      return skipped;
    } finally {
      lock.unlock();
    }
  }

  private void begin(T piece) {
    boolean started = false;
    try {
      Thread.ofPlatform().daemon().name("hook").start(() -> workFrom(piece));
      started = true;
    } finally {
      if (!started) {
        busy--; // no thread could be started, so nobody may wait for it
      }
    }
  }

  /** Works on this thread, piece by piece, until the queue is empty. */
  private void workFrom(T first) {
    for (@Nullable T piece = first; piece != null; piece = next()) {
      try {
        work.accept(piece);
      } catch (RuntimeException | Error e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
      }
    }
  }

  private @Nullable T next() {
    lock.lock();
    try {
      T next = waiting.poll();
      if (next == null) {
        busy--;
      }
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
