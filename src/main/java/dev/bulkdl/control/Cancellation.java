package dev.bulkdl.control;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells work that it is to stop, once and for good. Work looks at {@link #isCancelled}, registers
 * what must be cut off (a request in flight), and waits only inside {@link #interruptibly}: no
 * thread is ever interrupted elsewhere, because an interrupt inside a file channel would close the
 * channel.
 *
 * <p>Thread-safe.
 */
public final class Cancellation {

  /** A wait that an interrupt ends. */
  @FunctionalInterface
  public interface Wait {
    void run() throws InterruptedException;
  }

  /** What {@link #onCancel} registered; closing it forgets the action. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> actions = new LinkedHashSet<>();
  private final Set<Thread> waiting = new HashSet<>();
  private volatile boolean cancelled;

  /**
   * A cancellation of a part of this work: it ends with the whole, the whole does not end with it.
   */
  public Child child() {
    Cancellation part = new Cancellation();
    return new Child(part, onCancel(part::cancel));
  }

  /** A part's cancellation, forgotten by the whole when closed. */
  public record Child(Cancellation cancellation, Registration registration)
      implements AutoCloseable {
    @Override
    public void close() {
      registration.close();
    }
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Returns if the work may go on.
   *
   * @throws CancellationException when the work is to stop
   */
  public void check() {
    if (cancelled) {
      throw new CancellationException();
    }
  }

  /** Ends every wait, runs every registered action, and makes every later {@link #check} fail. */
  public void cancel() {
    Set<Runnable> pending;
    lock.lock();
    try {
      if (cancelled) {
        return;
      }
      cancelled = true;
      waiting.forEach(Thread::interrupt);
      pending = new LinkedHashSet<>(actions);
      actions.clear();
    } finally {
      lock.unlock();
    }
    pending.forEach(Runnable::run);
  }

  /** Registers what {@link #cancel} does, from its thread; done at once where that has happened. */
  public Registration onCancel(Runnable action) {
    lock.lock();
    try {
      if (!cancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    } finally {
      lock.unlock();
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    lock.lock();
    try {
      actions.remove(action);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, and stops waiting when the work is to stop. No interrupt is left behind.
   *
   * @throws CancellationException when the wait was cut short
   */
  public void interruptibly(Wait wait) {
    enter();
    try {
      wait.run();
    } catch (InterruptedException e) {
      throw new CancellationException();
    } finally {
      leave();
    }
  }

  private void enter() {
    lock.lock();
    try {
      check();
      waiting.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ResultOfMethodCallIgnored") // clears the flag that a late cancel may have set
  private void leave() {
    lock.lock();
    try {
      waiting.remove(Thread.currentThread());
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }
}
