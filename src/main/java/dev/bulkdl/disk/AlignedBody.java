package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Gathers what the network lends until it is worth a write of its own, in a buffer where each byte
 * lies as far from the beginning of a block as it will in the file. For one thread.
 */
final class AlignedBody implements BodyChannel {

  /** What came in so much time, and in the wait after it, may be lost with a killed process. */
  static final long LONGEST_NANOS = 100_000_000;

  private final BodyChannel body;
  private final ByteBuffer buffer;
  private final LongSupplier end;
  private final LongSupplier nanoTime;
  private long position;

  /**
   * @param buffer of whole blocks; its content is overwritten
   * @param position where in the file the content begins
   * @param end the byte after the last one that is worth waiting for, which may change
   */
  AlignedBody(
      BodyChannel body, ByteBuffer buffer, long position, LongSupplier end, LongSupplier nanoTime) {
    this.body = body;
    this.buffer = buffer.clear().limit(0);
    this.position = position;
    this.end = end;
    this.nanoTime = nanoTime;
  }

  @Override
  public ByteBuffer lend() throws IOException {
    if (!buffer.hasRemaining()) {
      int start = (int) (position % AlignedBuffers.BLOCK);
      buffer.clear().position(start);
      try {
        gather(start);
      } finally {
        buffer.limit(buffer.position()).position(start);
        position += buffer.remaining();
      }
    }
    return buffer;
  }

  private void gather(int start) throws IOException {
    boolean more = body.read(buffer) > 0;
    long begun = nanoTime.getAsLong();
    while (more
        && buffer.hasRemaining()
        && position + buffer.position() - start < end.getAsLong()
        && nanoTime.getAsLong() - begun < LONGEST_NANOS) {
      more = takeMore();
    }
  }

  private boolean takeMore() throws IOException {
    try {
      return body.read(buffer) > 0;
    } catch (BodyException e) {
      return false; // what came before is good; the next call meets the failure again
    }
  }

  @Override
  public long waitedNanos() {
    return body.waitedNanos();
  }

  @Override
  public boolean isOpen() {
    return body.isOpen();
  }

  @Override
  public void close() {
    body.close();
  }
}
