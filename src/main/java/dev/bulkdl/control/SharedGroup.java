package dev.bulkdl.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;

/**
 * The requests that share the connections to one origin. One thread at a time opens a further
 * connection; the others wait for a place. Thread-safe.
 */
final class SharedGroup {

  private final IntUnaryOperator capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Lease> connections = new ArrayList<>();
  private int running;
  private boolean opening;

  /**
   * @param capacity returns the number of requests for which a number of connections is enough
   */
  SharedGroup(IntUnaryOperator capacity) {
    this.capacity = capacity;
  }

  int connections() {
    lock.lock();
    try {
      return connections.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isJoinable() {
    lock.lock();
    try {
      return running < capacity.applyAsInt(connections.size());
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place beside other requests. Returns false if there is none. */
  boolean join() {
    lock.lock();
    try {
      if (!isJoinable()) {
        return false;
      }
      running++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a place, or until it is this thread's turn to open a connection.
   *
   * @return whether it is this thread's turn; then it calls {@link #endTurn} later
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  boolean awaitTurn(Cancellation cancellation) {
    lock.lock();
    try {
      while (opening && !isJoinable()) {
        cancellation.interruptibly(changed::await);
      }
      if (isJoinable()) {
        return false;
      }
      opening = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void endTurn() {
    lock.lock();
    try {
      opening = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place for the caller: on the given connection, or beside other requests if one has
   * become free.
   *
   * @return whether the connection was added
   */
  boolean addUnlessJoinable(Lease connection) {
    lock.lock();
    try {
      boolean needed = !isJoinable();
      if (needed) {
        connections.add(connection);
      }
      running++;
      return needed;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. Returns the connections that nobody uses any more. */
  List<Lease> leave() {
    lock.lock();
    try {
      running--;
      changed.signalAll();
      if (running > 0) {
        return List.of();
      }
      List<Lease> unused = List.copyOf(connections);
      connections.clear();
      return unused;
    } finally {
      lock.unlock();
    }
  }
}
