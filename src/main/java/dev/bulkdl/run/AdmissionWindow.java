package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many files may be taken in that have not ended. Places become free by the batch, since to
 * wake whoever takes files in costs as much as a small file's request. Thread-safe.
 */
final class AdmissionWindow {

  /**
   * So many files at least are taken in before the first of them has ended: more than are in
   * flight, so that those of one slow origin do not hold up the others at once. No more, since what
   * waits is copied by each garbage collection: four times as many cost a tenth of the CPU of a run
   * of small files.
   */
  private static final int LEAST = 1024;

  private static final int BATCH = LEAST / 8;

  private final Semaphore places;
  private final AtomicInteger left = new AtomicInteger();

  /**
   * @param maxFiles how many may be in flight
   */
  AdmissionWindow(int maxFiles) {
    places = new Semaphore(Math.clamp(2L * maxFiles, LEAST, Integer.MAX_VALUE), true);
  }

  /**
   * Waits for a place.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  void enter(Cancellation cancellation) {
    cancellation.interruptibly(places::acquire);
  }

  /** A file has ended. */
  void leave() {
    if (left.incrementAndGet() % BATCH == 0) {
      places.release(BATCH);
    }
  }
}
