package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The step-by-step allocation of one file's space: a part at once, the rest while the content
 * arrives. A file system in memory takes long for the whole, and blocks all writes to the file
 * meanwhile. Thread-safe.
 */
final class Reservation {

  /**
   * The bytes of one step: small, because connections that write the file wait for a step to end.
   */
  static final long STEP = 4L << 20;

  private final Path file;
  private final long total;
  private final Executor executor;

  /** Fair, so that {@link #stop} waits for at most one step. */
  private final ReentrantLock stepping = new ReentrantLock(true);

  private boolean stopped;
  private long allocated;

  private Reservation(Path file, long total, long allocated, Executor executor) {
    this.file = file;
    this.total = total;
    this.allocated = allocated;
    this.executor = executor;
  }

  /**
   * Allocates the first bytes of a file that nobody writes yet, and schedules the others.
   *
   * @param total the size of the whole file in bytes
   * @param atOnce the bytes to allocate before this returns
   * @param executor runs the other steps, one at a time
   * @return empty if space cannot be allocated
   */
  static Optional<Reservation> begin(Path file, long total, long atOnce, Executor executor)
      throws IOException {
    long allocated = Math.min(atOnce, total);
    if (!DiskAllocation.reserve(file, allocated)) {
      return Optional.empty();
    }
    Reservation reservation = new Reservation(file, total, allocated, executor);
    reservation.stepLater();
    return Optional.of(reservation);
  }

  /** Files take turns: the next step goes to the end of the executor's queue. */
  private void stepLater() {
    if (allocated < total) {
      executor.execute(this::step);
    }
  }

  private void step() {
    stepping.lock();
    try {
      if (!stopped && DiskAllocation.extend(file, allocated, Math.min(STEP, total - allocated))) {
        allocated += STEP;
        stepLater();
      }
    } finally {
      stepping.unlock();
    }
  }

  /** Stops the allocation: no step runs after this returns. */
  void stop() {
    stepping.lock();
    try {
      stopped = true;
    } finally {
      stepping.unlock();
    }
  }
}
