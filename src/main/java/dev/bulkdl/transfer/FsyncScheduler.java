package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.PartFile;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces a file to the device now and then, while its workers go on writing, so that a loss of
 * power costs no more than two intervals. One forcing is under way at a time: who has written the
 * next interval before the device has taken the last one waits for it. Thread-safe.
 */
final class FsyncScheduler {

  /** Large enough that the device is not kept busy by being asked. */
  static final long INTERVAL = 256L << 20;

  private final PartFile part;
  private final SegmentMap map;
  private final long interval;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLong unforced = new AtomicLong();
  private Fsync latest = Fsync.none();

  /**
   * @param interval bytes that are written between two forcings
   */
  FsyncScheduler(PartFile part, SegmentMap map, long interval) {
    this.part = part;
    this.map = map;
    this.interval = interval;
  }

  /**
   * A worker has written so many bytes more.
   *
   * @throws CancellationException when the work is to stop while this waits for the device
   * @throws IOException when the device did not take what was written before
   */
  void wrote(int bytes, Cancellation cancellation) throws IOException {
    if (unforced.addAndGet(bytes) < interval) {
      return;
    }
    cancellation.interruptibly(turn::lockInterruptibly);
    try {
      if (unforced.get() >= interval) {
        latest.await(cancellation);
        unforced.set(0);
        latest = latest.then(part, map.written());
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Returns when no forcing is under way, which would tell of its failure to nobody: the system
   * tells it once. When all workers have left.
   *
   * @throws CancellationException when the work is to stop, after some seconds at the latest
   * @throws IOException when the device did not take what was written
   */
  void settle(Cancellation cancellation) throws IOException {
    try {
      latest.await(cancellation);
    } catch (CancellationException e) {
      lastAtStop();
      throw e;
    }
  }

  /**
   * Forces all that is there, for work that is stopping: returns after some seconds at the latest.
   * When all workers have left.
   *
   * @throws IOException when the device did not take what was written
   */
  void lastAtStop() throws IOException {
    latest = latest.then(part, map.written());
    latest.awaitAtStop();
  }
}
