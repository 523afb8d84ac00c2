package dev.bulkdl.serve.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;

/**
 * What one client has still to get. What was added since the last write goes out as one write, at
 * {@link #flush}. Neither blocks. A client that reads too slowly is dropped: it comes again and
 * gets the present state.
 */
final class Outbox {

  private static final int MOST_BYTES = 1 << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Line line;
  private final Executor executor;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean writing;
  private long writingSince;
  private boolean closed;

  /** The connection. */
  interface Line {

    /** Writes these frames, at least one, as one message; does not block. */
    void write(List<byte[]> frames, Callback callback);

    /** Ends the connection at once. */
    void end(String why);
  }

  Outbox(Line line, Executor executor) {
    this.line = line;
    this.executor = executor;
  }

  void add(byte[] json) {
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting.add(json);
      bytes += json.length;
    }
    if (isTooMuch()) {
      close("the client reads too slowly");
    }
  }

  private synchronized boolean isTooMuch() {
    return bytes > MOST_BYTES;
  }

  /** Ends the connection if a message has not gone out for long. */
  void dropIfStalled() {
    boolean stalled;
    synchronized (this) {
      stalled = !closed && writing && System.nanoTime() - writingSince > MOST_NANOS;
    }
    if (stalled) {
      close("the client does not read");
    }
  }

  /** Writes what waits. While a write goes on it does nothing: the end of that one goes on here. */
  void flush() {
    List<byte[]> next;
    synchronized (this) {
      if (closed || writing || waiting.isEmpty()) {
        return;
      }
      next = List.copyOf(waiting);
      waiting.clear();
      writing = true;
      writingSince = System.nanoTime();
    }
    long length = next.stream().mapToLong(frame -> frame.length).sum();
    line.write(next, Callback.from(() -> written(length), failure -> close("gone")));
  }

  private void written(long length) {
    boolean more;
    synchronized (this) {
      writing = false;
      bytes -= length;
      more = !waiting.isEmpty();
    }
    if (more) {
      executor.execute(this::flush); // never deeper on this stack
    }
  }

  void close(String why) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
      bytes = 0;
    }
    line.end(why);
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
