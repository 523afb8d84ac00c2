package dev.bulkdl.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes whole lines in UTF-8, from any number of threads at once. A line is handed to the
 * operating system at once, or together with those that other threads are waiting to write: when
 * nobody writes, nothing is held back, so that a killed process loses no line but the one that is
 * being written.
 *
 * <p>After a failure nothing more is written.
 */
final class LineWriter {

  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream out;
  private Optional<IOException> failure = Optional.empty();
  private boolean closed;

  /**
   * @param out gets each line with its end in one call; it should be buffered
   */
  LineWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a line and its end. */
  void write(String line) {
    lock.lock();
    try {
      if (closed || failure.isPresent()) {
        return;
      }
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      if (!lock.hasQueuedThreads()) {
        out.flush();
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } finally {
      lock.unlock();
    }
  }

  /** The first failure. */
  Optional<IOException> failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Remembers a failure that happened around the file, unless there was one before. */
  void fail(IOException cause) {
    lock.lock();
    try {
      failure = failure.or(() -> Optional.of(cause));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is left and closes the stream.
   *
   * @return whether this call closed it, rather than an earlier one
   */
  boolean close() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      out.close();
    } catch (IOException e) {
      fail(e);
    } finally {
      lock.unlock();
    }
    return true;
  }
}
