package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Drops the bytes in the very call that would write them. When it is closed, the file has the
 * length that it would have had: sparse, but for the last byte. For one thread.
 */
final class DiscardingChannel extends PartChannel {

  private long end;

  DiscardingChannel(FileChannel file) {
    super(file);
  }

  @Override
  PartChannel watchedBy(PartWatch other, Closing closing) {
    other.wrotePastIt(); // the file has no size before the end
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
