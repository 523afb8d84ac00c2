package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps content in memory, up to a bound. It allocates memory as bytes arrive, because a server can
 * announce more than it sends. Not thread-safe.
 */
public final class MemorySink implements ContentSink {

  private static final int FIRST_BYTES = 64 << 10;

  /** Some JVMs do not allow longer arrays. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int bound;
  private byte[] bytes = new byte[0];
  private int size;
  private int expected;

  /**
   * @param bound the largest content in bytes
   * @throws IllegalArgumentException if the bound is negative
   */
  public MemorySink(int bound) {
    if (bound < 0) {
      throw new IllegalArgumentException("at most " + bound + " bytes is less than none");
    }
    this.bound = Math.min(bound, LONGEST_ARRAY);
    this.expected = this.bound;
  }

  @Override
  public Optional<Failure> expect(long total) {
    if (total > bound) {
      return Optional.of(tooLong("the file has " + total + " bytes"));
    }
    expected = (int) total;
    return Optional.empty();
  }

  @Override
  public int write(ByteBuffer content, int most, Cancellation cancellation) throws SinkException {
    int count = Math.min(most, bound - size);
    if (count == 0) {
      throw new SinkException(tooLong("the server sends more"));
    }
    makeRoom(size + count);
    content.get(content.position(), bytes, size, count);
    size += count;
    return count;
  }

  private Failure tooLong(String what) {
    return new Failure.Changed(what + "; at most " + bound + " bytes are taken into memory");
  }

  private void makeRoom(int needed) throws SinkException {
    if (needed > bytes.length) {
      long doubled = Math.max(2L * bytes.length, FIRST_BYTES);
      long wanted = Math.min(Math.max(doubled, needed), Math.max(expected, needed));
      resize((int) wanted);
    }
  }

  private void resize(int length) throws SinkException {
    try {
      bytes = Arrays.copyOf(bytes, length);
    } catch (OutOfMemoryError e) { // only this large array was refused
      String text = "the heap has no room for " + length + " bytes in one piece";
      throw new SinkException(new Failure.Disk(text, false));
    }
  }

  @Override
  public void settle(boolean complete, Cancellation cancellation) throws SinkException {
    if (complete && size < bytes.length) {
      resize(size);
    }
  }

  @Override
  public long delivered() {
    return size;
  }

  @Override
  public boolean isRewindable() {
    return true;
  }

  @Override
  public boolean canRestart() {
    return true;
  }

  @Override
  public void restart() {
    size = 0;
    expected = bound;
  }

  @Override
  public Optional<Failure> failure() {
    return Optional.empty();
  }

  /** Returns the content without a copy. Call it after {@link #settle} with true. */
  public byte[] bytes() {
    return bytes;
  }
}
