package dev.bulkdl.demo;

import dev.bulkdl.demo.RangeField.Part;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Generates a range of a file and writes it buffer by buffer. The writes are asynchronous, so no
 * thread waits for the client. The steps run one after another, so no lock is needed.
 */
final class Sending extends IteratingCallback {

  /** Large enough that the cost of a write call is small, and small enough for a CPU's cache. */
  static final int BUFFER_SIZE = 256 << 10;

  private final Generated content;
  private final Response response;
  private final Callback callback;
  private final RetainableByteBuffer buffer;
  private final long end;
  private long next;

  /** Starts with the first call of {@link #iterate}. The part must not be empty. */
  Sending(Generated content, Part part, Response response, Callback callback) {
    this.content = content;
    this.response = response;
    this.callback = callback;
    this.next = part.first();
    this.end = part.end();
    int capacity = (int) Math.min(BUFFER_SIZE, end - next);
    this.buffer = response.getRequest().getComponents().getByteBufferPool().acquire(capacity, true);
  }

  @Override
  protected Action process() {
    if (next == end) {
      return Action.SUCCEEDED;
    }
    ByteBuffer bytes = buffer.getByteBuffer().clear();
    bytes.limit((int) Math.min(bytes.capacity(), end - next));
    content.fill(next, bytes);
    next += bytes.flip().remaining();
    response.write(next == end, bytes, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    buffer.release();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    buffer.release();
    callback.failed(cause);
  }
}
