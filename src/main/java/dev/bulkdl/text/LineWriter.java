package dev.bulkdl.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes whole lines in UTF-8. Thread-safe.
 *
 * <p>Threads put their lines into a queue. One thread takes the lock and writes all queued lines;
 * the others do not wait for it. Before it writes, it yields to threads that are ready to run, so
 * that many lines share one write. A single line is handed to the operating system at once. So a
 * killed process loses only the lines that are being written.
 *
 * <p>After a failure nothing more is written.
 */
public final class LineWriter {

  /** The most characters in the queue. A thread that exceeds it waits for the lock. */
  private static final int MOST_WAITING = 1 << 20;

  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final OutputStream out;
  private Optional<IOException> failure = Optional.empty();
  private boolean closed;

  /**
   * @param out receives each line and its line end in one call; it should be buffered
   */
  public LineWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a line and a line end. */
  public void write(String line) {
    lines.add(line);
    if (waiting.addAndGet(line.length()) > MOST_WAITING) {
      writing.lock();
      writeWaiting();
    }
    while (!lines.isEmpty() && writing.tryLock()) {
      letOthersGoFirst();
      writeWaiting();
    }
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // yielding only saves writes; correctness does not depend on it
  private static void letOthersGoFirst() {
    Thread.yield();
  }

  /** Writes all queued lines and releases the lock. */
  private void writeWaiting() {
    try {
      writeAll();
    } finally {
      writing.unlock();
    }
  }

  private void writeAll() {
    boolean wanted = !closed && failure.isEmpty();
    try {
      for (String line = lines.poll(); line != null; line = lines.poll()) {
        waiting.addAndGet(-line.length());
        if (wanted) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      if (wanted) {
        out.flush();
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /** The first failure, if any. */
  public Optional<IOException> failure() {
    writing.lock();
    try {
      return failure;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Records a failure of an operation on the file outside this writer. Only the first failure is
   * kept.
   */
  public void fail(IOException cause) {
    writing.lock();
    try {
      failure = failure.or(() -> Optional.of(cause));
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes the queued lines and closes the stream.
   *
   * @return true if this call closed it, false if it was closed before
   */
  public boolean close() {
    writing.lock();
    try {
      if (closed) {
        return false;
      }
      writeAll();
      closed = true;
      out.close();
    } catch (IOException e) {
      fail(e);
    } finally {
      writing.unlock();
    }
    return true;
  }
}
