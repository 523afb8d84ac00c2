package dev.bulkdl.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Content that a server can send from any offset. */
public sealed interface Body permits Payload, Body.Bytes {

  long size();

  /** Fills the remaining space of {@code target} with the content from {@code offset}. */
  void fill(long offset, ByteBuffer target);

  static Body of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Content that is small enough to be held in memory. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Body {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void fill(long offset, ByteBuffer target) {
      target.put(bytes, Math.toIntExact(offset), target.remaining());
    }
  }
}
