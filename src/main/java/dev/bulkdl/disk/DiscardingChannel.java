package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Drops the bytes that it is asked to write (for measuring without a disk). On close, the file gets
 * the length that it would have had, by one byte at its end; the rest is a hole. Not thread-safe:
 * one thread uses it.
 */
final class DiscardingChannel extends PartChannel {

  private long end;

  DiscardingChannel(FileChannel file) {
    super(file);
  }

  @Override
  PartChannel watchedBy(PartWatch other, Closing closing) {
    other.ignoreSize(); // the file has no size before it is closed
    return super.watchedBy(other, closing);
  }

  @Override
  public int write(ByteBuffer bytes, long position) {
    int count = bytes.remaining();
    bytes.position(bytes.limit());
    end = Math.max(end, position + count);
    return count;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    try {
      if (end > size()) {
        super.write(ByteBuffer.allocate(1), end - 1);
      }
    } finally {
      super.implCloseChannel();
    }
  }
}
