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
 * Syncs a file on a separate thread, because on a slow disk fsync takes longer than a stop is
 * allowed to, and a thread inside fsync cannot be interrupted. Thread-safe.
 */
final class Fsync {

  /** A stop must end within 5 seconds. The system writes the rest later. */
  private static final long LONGEST_AT_STOP_SECONDS = 3;

  private final CountDownLatch over = new CountDownLatch(1);
  private final FirstError bug = new FirstError();
  private volatile @Nullable IOException failure;

  private Fsync() {}

  /** Returns a completed fsync of nothing. */
  static Fsync none() {
    Fsync none = new Fsync();
    none.over.countDown();
    return none;
  }

  static Fsync begin(PartFile part, ByteRanges written) {
    return none().then(part, written);
  }

  /**
   * Starts another fsync after this one. It fails if this one failed, because the system reports a
   * failed write only once.
   */
  Fsync then(PartFile part, ByteRanges written) {
    Fsync next = new Fsync();
    Thread.ofVirtual().name("fsync").start(() -> next.run(this, part, written));
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
   * Waits until the content is synced.
   *
   * @throws java.util.concurrent.CancellationException if the work is to stop before that
   * @throws IOException if the sync failed
   */
  void await(Cancellation cancellation) throws IOException {
    if (over.getCount() > 0) {
      cancellation.interruptibly(over::await);
    }
    rethrow();
  }

  /**
   * Waits for at most 3 seconds until the content is synced, for work that is stopping.
   *
   * @throws IOException if the sync failed
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
