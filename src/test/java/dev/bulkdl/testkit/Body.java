package dev.bulkdl.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Content that a server can send from any offset. */
public sealed interface Body permits Payload, Body.Bytes, Body.Spliced {

  long size();

  /** Fills the remaining space of {@code target} with the content from {@code offset}. */
  void fill(long offset, ByteBuffer target);

  static Body of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The first {@code at} bytes of one content, and what another one of that size has after them.
   */
  record Spliced(Body first, long at, Body rest) implements Body {
    @Override
    public long size() {
      return first.size();
    }

    @Override
    public void fill(long offset, ByteBuffer target) {
      int all = target.limit();
      int old = Math.clamp(at - offset, 0, target.remaining());
      if (old > 0) {
        first.fill(offset, target.limit(target.position() + old));
      }
      if (target.limit(all).hasRemaining()) {
        rest.fill(offset + old, target);
      }
    }
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
