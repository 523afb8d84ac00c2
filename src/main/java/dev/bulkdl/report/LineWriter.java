package dev.bulkdl.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes whole lines in UTF-8, from any number of threads at once. One of them writes what all have
 * to write, and the others need not wait for it. It lets those go first that are ready to run: many
 * lines then share a write, while a line of which no other follows is handed to the operating
 * system at once, so that a killed process loses no line but those that are being written.
 *
 * <p>After a failure nothing more is written.
 */
final class LineWriter {

  /** In characters: lines beyond these wait together with the threads that bring them. */
  private static final int MOST_WAITING = 1 << 20;

  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicLong waiting = new AtomicLong();
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

  @SuppressWarnings("ThreadPriorityCheck") // it saves writes, and nothing relies on it
  private static void letOthersGoFirst() {
    Thread.yield();
  }

  /** Writes all lines that are there, and gives the lock back. */
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

  /** The first failure. */
  Optional<IOException> failure() {
    writing.lock();
    try {
      return failure;
    } finally {
      writing.unlock();
    }
  }

  /** Remembers a failure that happened around the file, unless there was one before. */
  void fail(IOException cause) {
    writing.lock();
    try {
      failure = failure.or(() -> Optional.of(cause));
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes what is left and closes the stream.
   *
   * @return whether this call closed it, rather than an earlier one
   */
  boolean close() {
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
