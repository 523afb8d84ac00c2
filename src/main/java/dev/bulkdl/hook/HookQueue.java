package dev.bulkdl.hook;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work of which a few pieces are done at a time, and a bounded number waits; who adds more waits
 * too. Done by platform threads, since starting a process holds its thread up. Thread-safe.
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

  /** Has it done, now or later; waits for a place in the queue. */
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

  /** Begins nothing more. */
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

  /** Waits until all that was added is done. */
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

  /** How much was not begun because of {@link #stop}. */
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
        busy--; // there is no thread to be had: nobody must wait for it
      }
    }
  }

  /** One piece after another on this thread, until none waits. */
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
