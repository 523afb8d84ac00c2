package dev.bulkdl.disk;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What all output folders of an engine share: the buffers for O_DIRECT, whose memory is bounded for
 * all of them together, and the thread that allocates the space of large files. Thread-safe.
 */
public final class DiskResources {

  private final AlignedBuffers buffers = new AlignedBuffers();
  private final Executor reserving = oneThread();

  AlignedBuffers buffers() {
    return buffers;
  }

  /** A platform thread: fallocate would hold up a thread that carries virtual ones. */
  Executor reserving() {
    return reserving;
  }

  /** The thread is there only while it is used. */
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
