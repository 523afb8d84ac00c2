package dev.bulkdl.control;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A cancellation signal that is set once and never reset. Work checks {@link #isCancelled},
 * registers actions that abort a request in flight, and blocks only inside {@link #interruptibly}.
 * No thread is interrupted anywhere else, because an interrupt inside a file channel would close
 * the channel.
 *
 * <p>Thread-safe.
 */
public final class Cancellation {

  /** A blocking call that an interrupt ends. */
  @FunctionalInterface
  public interface Wait {
    void run() throws InterruptedException;
  }

  /** An action registered by {@link #onCancel}. Closing the registration removes the action. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> actions = new LinkedHashSet<>();
  private final Set<Thread> waiting = new HashSet<>();
  private volatile boolean cancelled;

  /**
   * Returns a new cancellation for a part of this work. Cancelling the whole cancels the part.
   * Cancelling the part does not cancel the whole.
   */
  public Child child() {
    Cancellation part = new Cancellation();
    return new Child(part, onCancel(part::cancel));
  }

  /** The cancellation of a part. Closing it removes it from the whole. */
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
   * Returns if the work can continue.
   *
   * @throws CancellationException if the work was cancelled
   */
  public void check() {
    if (cancelled) {
      throw new CancellationException();
    }
  }

  /**
   * Ends every wait, runs every registered action on this thread, and makes every later {@link
   * #check} fail.
   */
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

  /**
   * Registers an action. {@link #cancel} runs it on the thread that cancels. If the work is already
   * cancelled, the action runs at once on this thread.
   */
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
   * Runs a blocking call and aborts it when the work is cancelled. The interrupt flag is clear on
   * return.
   *
   * @throws CancellationException when the wait was aborted
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

  @SuppressWarnings("ResultOfMethodCallIgnored") // clears the flag that a late cancel can have set
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
