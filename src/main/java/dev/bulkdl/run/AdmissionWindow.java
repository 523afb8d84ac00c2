package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A semaphore that limits the number of files that were admitted and have not ended. Permits are
 * released in batches, because waking the admitting thread costs about as much as the request of a
 * small file. Thread-safe.
 */
final class AdmissionWindow {

  /**
   * The minimum size of the window. It is larger than the number of files in flight, so that the
   * files of one slow origin do not block the others at once. It is not larger, because each
   * garbage collection copies the waiting files: a window of four times this size cost a tenth of
   * the CPU time of a run of small files.
   */
  private static final int LEAST = 1024;

  private static final int BATCH = LEAST / 8;

  private final Semaphore places;
  private final AtomicInteger left = new AtomicInteger();

  /**
   * @param maxFiles the limit of files in flight
   */
  AdmissionWindow(int maxFiles) {
    places = new Semaphore(Math.clamp(2L * maxFiles, LEAST, Integer.MAX_VALUE), true);
  }

  /**
   * Waits until the window has room for one more file.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  void enter(Cancellation cancellation) {
    cancellation.interruptibly(places::acquire);
  }

  /** Records that a file has ended. */
  void leave() {
    if (left.incrementAndGet() % BATCH == 0) {
      places.release(BATCH);
    }
  }
}
