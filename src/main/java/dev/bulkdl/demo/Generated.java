package dev.bulkdl.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Content that is a function of the offset: any range can be generated without the rest. It does
 * not repeat, so two ranges are never equal by accident. Contents of different sizes differ nearly
 * everywhere. The content never changes, because {@link DemoFile#ALL} contains its hashes.
 *
 * @param size the length in bytes, at least 0
 */
record Generated(long size) {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long SPREAD = 0xD1342543DE82EF95L;

  Generated {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  /** Fills the remaining space of {@code target} with the bytes from {@code offset} on. */
  void fill(long offset, ByteBuffer target) {
    if (offset < 0 || offset > size - target.remaining()) {
      throw new IndexOutOfBoundsException(offset + "+" + target.remaining() + " of " + size);
    }
    ByteOrder order = target.order();
    target.order(ByteOrder.LITTLE_ENDIAN);
    long next = offset;
    for (; (next & 7) != 0 && target.hasRemaining(); next++) {
      target.put(byteAt(next));
    }
    for (; target.remaining() >= Long.BYTES; next += Long.BYTES) {
      target.putLong(word(next >>> 3));
    }
    for (; target.hasRemaining(); next++) {
      target.put(byteAt(next));
    }
    target.order(order);
  }

  private byte byteAt(long offset) {
    return (byte) (word(offset >>> 3) >>> ((offset & 7) << 3));
  }

  /** SplitMix64: its n-th output needs no state. */
  private long word(long index) {
    long z = size * SPREAD + (index + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
