package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import java.nio.ByteBuffer;

/** The content of an answer whose content is of no interest. */
final class NoBody implements BodyChannel {
  @Override
  public ByteBuffer lend() {
    return ByteBuffer.allocate(0);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
