package dev.bulkdl.disk;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The resources that all output folders of an engine share: the O_DIRECT buffers, so that one bound
 * holds for all folders together, and the thread that allocates the space of large files.
 * Thread-safe.
 */
public final class DiskResources {

  private final AlignedBuffers buffers = new AlignedBuffers();
  private final Executor reserving = oneThread();

  AlignedBuffers buffers() {
    return buffers;
  }

  /**
   * Returns an executor with one platform thread, because fallocate would block the carrier of a
   * virtual thread.
   */
  Executor reserving() {
    return reserving;
  }

  /** The thread ends after a second without work. */
  private static Executor oneThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("reserve").factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
