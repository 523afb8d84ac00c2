package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Content that is a function of seed and offset. It can have any size without an array of that
 * size. Two payloads with different seeds differ nearly everywhere.
 */
public record Payload(long seed, long size) implements Body {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final int BUFFER = 64 << 10;

  public Payload {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  @Override
  public void fill(long offset, ByteBuffer target) {
    if (offset < 0 || offset + target.remaining() > size) {
      throw new IndexOutOfBoundsException(offset + "+" + target.remaining() + " of " + size);
    }
    ByteOrder order = target.order();
    target.order(ByteOrder.LITTLE_ENDIAN);
    long at = offset;
    for (; at % 8 != 0 && target.hasRemaining(); at++) {
      target.put(byteAt(at));
    }
    for (; target.remaining() >= 8; at += 8) {
      target.putLong(word(at >>> 3));
    }
    for (; target.hasRemaining(); at++) {
      target.put(byteAt(at));
    }
    target.order(order);
  }

  public void fill(long offset, byte[] target) {
    fill(offset, ByteBuffer.wrap(target));
  }

  /** Returns the bytes {@code from} (inclusive) to {@code to} (exclusive), for small pieces. */
  public byte[] bytes(long from, long to) {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    fill(from, bytes);
    return bytes;
  }

  public byte[] bytes() {
    return bytes(0, size);
  }

  public InputStream stream() {
    return new BodyStream(this);
  }

  public String sha256() {
    return hash("SHA-256");
  }

  /**
   * Returns the hash in lower-case hex by an algorithm of {@link java.security.MessageDigest}, or
   * {@code crc32c}.
   */
  public String hash(String algorithm) {
    return Hashes.of(algorithm, stream());
  }

  public void writeTo(Path file) {
    writeFirst(size, file);
  }

  /** Writes the first {@code count} bytes, as an interrupted run leaves a partial file. */
  public void writeFirst(long count, Path file) {
    try (InputStream in = stream();
        OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (long left = count; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(BUFFER, left));
        if (n < 0) {
          throw new IllegalArgumentException(count + " bytes of " + size);
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean matches(Path file) {
    return firstDifference(file).isEmpty();
  }

  /**
   * Returns the first offset where the file differs. If one is a prefix of the other, it is the
   * shorter size.
   */
  public OptionalLong firstDifference(Path file) {
    ByteBuffer actual = ByteBuffer.allocate(BUFFER);
    ByteBuffer expected = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file)) {
      long common = Math.min(size, channel.size());
      for (long at = 0; at < common; at += actual.limit()) {
        int count = (int) Math.min(BUFFER, common - at);
        fill(at, expected.clear().limit(count));
        actual.clear().limit(count);
        while (actual.hasRemaining()) {
          if (channel.read(actual, at + actual.position()) < 0) {
            return OptionalLong.of(at + actual.position());
          }
        }
        int mismatch = expected.flip().mismatch(actual.flip());
        if (mismatch >= 0) {
          return OptionalLong.of(at + mismatch);
        }
      }
      return size == channel.size() ? OptionalLong.empty() : OptionalLong.of(common);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte byteAt(long offset) {
    return (byte) (word(offset >>> 3) >>> ((offset & 7) << 3));
  }

  /** Returns the n-th output of SplitMix64, which needs no state. */
  private long word(long index) {
    long z = seed * 0xD1342543DE82EF95L + (index + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
