package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import java.nio.ByteBuffer;

/** The body of a response in tests that do not use the body. */
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
