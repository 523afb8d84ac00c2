package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.ByteRanges;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Forces what was written of a file to the device, on a thread of its own: on a slow disk that
 * takes longer than a stop may, and a thread that does it cannot be woken. Thread-safe.
 */
final class Fsync {

  /** A stop is over within 5 seconds. What is not forced by then, the system writes later. */
  private static final long LONGEST_AT_STOP_SECONDS = 3;

  private final CountDownLatch over = new CountDownLatch(1);
  private final FirstError bug = new FirstError();
  private volatile @Nullable IOException failure;

  private Fsync() {}

  /** One of nothing, which is over. */
  static Fsync none() {
    Fsync none = new Fsync();
    none.over.countDown();
    return none;
  }

  static Fsync begin(PartFile part, ByteRanges written) {
    return none().then(part, written);
  }

  /**
   * Another one when this one is over, which fails if this one has: the system tells only once that
   * the device did not take something.
   */
  Fsync then(PartFile part, ByteRanges written) {
    Fsync next = new Fsync();
    Thread.ofVirtual().name("force").start(() -> next.run(this, part, written));
    return next;
  }

  private void run(Fsync before, PartFile part, ByteRanges written) {
    try {
      before.over.await();
      before.rethrow();
      force(part, written);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = new InterruptedIOException();
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      bug.met(e);
    } finally {
      over.countDown();
    }
  }

  private static void force(PartFile part, ByteRanges written) throws IOException {
    try (FileChannel channel = part.open()) {
      part.force(channel, written);
    }
  }

  /**
   * Returns when the content is on the device.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop before that
   * @throws IOException when the device does not take it
   */
  void await(Cancellation cancellation) throws IOException {
    if (over.getCount() > 0) {
      cancellation.interruptibly(over::await);
    }
    rethrow();
  }

  /**
   * The same for work that is stopping: returns after some seconds at the latest.
   *
   * @throws IOException when the device did not take it
   */
  void awaitAtStop() throws IOException {
    try {
      if (over.await(LONGEST_AT_STOP_SECONDS, TimeUnit.SECONDS)) {
        rethrow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws IOException {
    bug.rethrow();
    IOException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }
}
