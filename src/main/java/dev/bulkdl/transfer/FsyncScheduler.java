package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.PartFile;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Syncs a file after each interval of bytes while its workers keep writing, so that a power loss
 * costs at most two intervals. At most one fsync runs at a time: a worker that has written the next
 * interval before the last fsync ended waits for it. Thread-safe.
 */
final class FsyncScheduler {

  /** Bytes between two fsyncs: large enough that they do not slow the device down. */
  static final long INTERVAL = 256L << 20;

  private final PartFile part;
  private final SegmentMap map;
  private final long interval;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong unsynced = new AtomicLong();
  private Fsync latest = Fsync.none();

  /**
   * @param interval the number of bytes between two fsyncs
   */
  FsyncScheduler(PartFile part, SegmentMap map, long interval) {
    this.part = part;
    this.map = map;
    this.interval = interval;
  }

  /**
   * Counts bytes that a worker wrote, and starts an fsync after each interval.
   *
   * @throws CancellationException if the work is to stop during the wait for the device
   * @throws IOException if an earlier fsync failed
   */
  void wrote(int bytes, Cancellation cancellation) throws IOException {
    if (unsynced.addAndGet(bytes) < interval) {
      return;
    }
    cancellation.interruptibly(turn::lockInterruptibly);
    try {
      if (unsynced.get() >= interval) {
        latest.await(cancellation);
        unsynced.set(0);
        latest = latest.then(part, map.written());
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Waits until no fsync runs. The system reports a failed fsync only once, so the result must not
   * be ignored. Call it when all workers have left.
   *
   * @throws CancellationException if the work is to stop; thrown after some seconds at most
   * @throws IOException if an fsync failed
   */
  void awaitIdle(Cancellation cancellation) throws IOException {
    try {
      latest.await(cancellation);
    } catch (CancellationException e) {
      syncAtStop();
      throw e;
    }
  }

  /**
   * Syncs all written bytes for work that is stopping; returns after some seconds at most. Call it
   * when all workers have left.
   *
   * @throws IOException if an fsync failed
   */
  void syncAtStop() throws IOException {
    latest = latest.then(part, map.written());
    latest.awaitAtStop();
  }
}
