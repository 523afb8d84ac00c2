package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The space of one file on its way to be taken: some of it at once, the rest in steps while the
 * content comes, since a file system in memory takes long for all of it, and lets nobody write the
 * file meanwhile. Thread-safe.
 */
final class Reservation {

  /** Short, since connections that write the file wait for each, and then take their turn. */
  static final long STEP = 4L << 20;

  private final Path file;
  private final long total;
  private final Executor executor;

  /** Fair, so that who stops does not wait for more than a step. */
  private final ReentrantLock stepping = new ReentrantLock(true);

  private boolean stopped;
  private long taken;

  private Reservation(Path file, long total, long taken, Executor executor) {
    this.file = file;
    this.total = total;
    this.taken = taken;
    this.executor = executor;
  }

  /**
   * Begins with a file that nobody writes yet.
   *
   * @param total the bytes that it is to have
   * @param atOnce how many of them the caller waits for
   * @param executor for the others, one step at a time
   * @return empty when such space cannot be had
   */
  static Optional<Reservation> begin(Path file, long total, long atOnce, Executor executor)
      throws IOException {
    long taken = Math.min(atOnce, total);
    if (!DiskAllocation.reserve(file, taken)) {
      return Optional.empty();
    }
    Reservation begun = new Reservation(file, total, taken, executor);
    begun.stepLater();
    return Optional.of(begun);
  }

  /** Files take turns: the next step comes after those that wait already. */
  private void stepLater() {
    if (taken < total) {
      executor.execute(this::step);
    }
  }

  private void step() {
    stepping.lock();
    try {
      if (!stopped && DiskAllocation.extend(file, taken, Math.min(STEP, total - taken))) {
        taken += STEP;
        stepLater();
      }
    } finally {
      stepping.unlock();
    }
  }

  /** No step is taken any more when this returns. */
  void stop() {
    stepping.lock();
    try {
      stopped = true;
    } finally {
      stepping.unlock();
    }
  }
}
