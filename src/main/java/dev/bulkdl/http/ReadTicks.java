package dev.bulkdl.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets many readers wait a few milliseconds. One thread wakes all that are due at once, every 5 ms:
 * a timer for each reader would wake two threads each time, which costs more than the read. The
 * thread sleeps while nobody waits. Thread-safe.
 */
final class ReadTicks implements AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean sleeps;
  private volatile boolean closed;

  ReadTicks() {
    thread = Thread.ofPlatform().daemon().name("http-reads").start(this::tick);
  }

  private static final class Wait {
    private final Thread reader = Thread.currentThread();
    private final long until;
    private volatile boolean over;

    Wait(long until) {
      this.until = until;
    }
  }

  /**
   * Waits about this long.
   *
   * @param stopped ends the wait; who changes it also unparks this thread
   */
  void await(long nanos, BooleanSupplier stopped) {
    Wait wait = new Wait(System.nanoTime() + nanos);
    waits.add(wait);
    if (sleeps) {
      LockSupport.unpark(thread);
    }
    while (!wait.over && !closed && !stopped.getAsBoolean()) {
      LockSupport.park(this);
    }
    waits.remove(wait);
  }

  private void tick() {
    while (!closed) {
      if (waits.isEmpty()) {
        sleeps = true;
        if (waits.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        sleeps = false;
      }
      LockSupport.parkNanos(this, INTERVAL_NANOS);
      long due = System.nanoTime() + INTERVAL_NANOS / 2;
      for (Wait wait : waits) {
        if (due - wait.until >= 0) {
          end(wait);
        }
      }
    }
    waits.forEach(ReadTicks::end);
  }

  private static void end(Wait wait) {
    wait.over = true;
    LockSupport.unpark(wait.reader);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
