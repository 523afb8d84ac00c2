package dev.bulkdl.testkit;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a body from its start. */
final class BodyStream extends InputStream {
  private final Body body;
  private long at;

  BodyStream(Body body) {
    this.body = body;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int count = (int) Math.min(length, body.size() - at);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    body.fill(at, ByteBuffer.wrap(target, offset, count));
    at += count;
    return count;
  }
}
