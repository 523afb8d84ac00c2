package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Collects small reads of a body in one block-aligned buffer, until the buffer is worth one
 * O_DIRECT write. The offset of each byte within its block is the same in the buffer as in the
 * file. Not thread-safe: one thread uses it.
 */
final class AlignedBody implements BodyChannel {

  /**
   * The longest time that bytes are collected before they are handed on: 100 ms, plus one wait of
   * the body. A killed process loses at most these bytes.
   */
  static final long LONGEST_NANOS = 100_000_000;

  private final BodyChannel body;
  private final ByteBuffer buffer;
  private final LongSupplier end;
  private final LongSupplier nanoTime;
  private long position;

  /**
   * @param buffer aligned, of a whole number of blocks; its old content is overwritten
   * @param position the file offset of the body's first byte
   * @param end the file offset behind the last byte that is wanted; it can change during the
   *     transfer
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
    long startedAt = nanoTime.getAsLong();
    while (more
        && buffer.hasRemaining()
        && position + buffer.position() - start < end.getAsLong()
        && nanoTime.getAsLong() - startedAt < LONGEST_NANOS) {
      more = takeMore();
    }
  }

  private boolean takeMore() throws IOException {
    try {
      return body.read(buffer) > 0;
    } catch (BodyException e) {
      return false; // the bytes read so far are good; the next call fails again
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
