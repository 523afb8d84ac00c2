package dev.bulkdl.testkit;

import dev.bulkdl.content.BodyChannel;
import java.nio.ByteBuffer;

/** A body that holds just these bytes, as a network would lend them. */
public record BytesBody(ByteBuffer lend) implements BodyChannel {

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
