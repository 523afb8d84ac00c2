package dev.bulkdl.disk;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Computes the hashes of a file while its bytes arrive in order. Bytes that arrive out of order are
 * read from the disk at the end.
 *
 * <p>Several threads can call {@link #offer} at the same time, as long as no two offer the same
 * position: only the thread at the hash's position updates the hash, and the volatile position
 * publishes the new state to the next one. All other methods need exclusive access.
 */
public final class ContentDigest {

  private static final int READ_BYTES = 1 << 20;

  private final List<Checksum> wanted;
  private final List<Hash> hashes;
  private List<Checksum> computed = List.of();
  private volatile long position;

  /** Computes the algorithms of these checksums; does nothing if the list is empty. */
  public ContentDigest(List<Checksum> wanted) {
    this(wanted, Optional.empty());
  }

  /**
   * Computes the algorithms of these checksums, and another one.
   *
   * @param more an algorithm that is computed too, without a checksum to compare with
   */
  public ContentDigest(List<Checksum> wanted, Optional<Algorithm> more) {
    this.wanted = List.copyOf(wanted);
    this.hashes = wanted.isEmpty() && more.isEmpty() ? List.of() : hashes(wanted, more);
  }

  private static List<Hash> hashes(List<Checksum> wanted, Optional<Algorithm> more) {
    return Stream.concat(wanted.stream().map(Checksum::algorithm), more.stream())
        .distinct()
        .map(ContentDigest::hash)
        .toList();
  }

  /**
   * Returns the hash of a whole file.
   *
   * @throws IOException if the file cannot be read
   * @throws CancellationException if {@code stopped} returns true
   */
  public static Checksum of(Path file, Algorithm algorithm, BooleanSupplier stopped)
      throws IOException {
    ContentDigest digest = new ContentDigest(List.of(), Optional.of(algorithm));
    digest.firstMismatch(file, stopped);
    return digest.computed().getFirst();
  }

  /**
   * Adds the first {@code count} bytes of the buffer to the hashes if {@code at} is the next
   * position; ignores them otherwise. The buffer's position and limit do not change.
   */
  public void offer(long at, ByteBuffer bytes, int count) {
    if (hashes.isEmpty() || at != position) {
      return;
    }
    for (Hash hash : hashes) {
      hash.update(bytes.duplicate().limit(bytes.position() + count));
    }
    position = at + count;
  }

  /** Discards all bytes taken so far. */
  public void reset() {
    hashes.forEach(Hash::reset);
    position = 0;
  }

  /**
   * Reads the bytes that were not offered in order from the file, and compares the hashes.
   *
   * @return the first checksum that does not match, if any
   * @throws IOException if the file cannot be read
   * @throws CancellationException if {@code stopped} returns true
   */
  public Optional<Mismatch> firstMismatch(Path file, BooleanSupplier stopped) throws IOException {
    if (hashes.isEmpty()) {
      return Optional.empty();
    }
    readRest(file, stopped);
    return firstMismatch();
  }

  /** Compares what has passed by, which must be all. A checksum that does not hold, if any. */
  public Optional<Mismatch> firstMismatch() {
    if (hashes.isEmpty()) {
      return Optional.empty();
    }
    computed = hashes.stream().map(hash -> new Checksum(hash.algorithm(), hash.hex())).toList();
    return wanted.stream()
        .filter(want -> !computed.contains(want))
        .map(want -> new Mismatch(want, found(want.algorithm())))
        .findFirst();
  }

  private String found(Algorithm algorithm) {
    return computed.stream()
        .filter(hash -> hash.algorithm() == algorithm)
        .map(Checksum::hex)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the hashes of the whole content. Call it after {@link #firstMismatch()}. */
  public List<Checksum> computed() {
    return computed;
  }

  /** An expected checksum, and the different value that was found, in lower-case hexadecimal. */
  public record Mismatch(Checksum wanted, String found) {
    @Override
    public String toString() {
      return wanted.algorithm().label() + " is " + found + ", expected " + wanted.hex();
    }
  }

  private void readRest(Path file, BooleanSupplier stopped) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (position >= channel.size()) {
        return;
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
      while (channel.read(buffer.clear(), position) > 0) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException();
        }
        buffer.flip();
        offer(position, buffer, buffer.remaining());
        letDownloadsGoOn();
      }
    }
  }

  /** A hash keeps its carrier thread busy, and the other virtual threads would wait for its end. */
  @SuppressWarnings("ThreadPriorityCheck") // correctness does not depend on it
  private static void letDownloadsGoOn() {
    Thread.yield();
  }

  private static Hash hash(Algorithm algorithm) {
    return switch (algorithm) {
      case SHA512, SHA256, SHA1, MD5 -> new MessageHash(algorithm, Digests.forContent(algorithm));
      case CRC32C -> new Crc32cHash(new CRC32C());
    };
  }

  private sealed interface Hash {
    Algorithm algorithm();

    void update(ByteBuffer bytes);

    /** Returns the hash of all bytes taken, and resets. */
    String hex();

    void reset();
  }

  private record MessageHash(Algorithm algorithm, MessageDigest digest) implements Hash {
    @Override
    public void update(ByteBuffer bytes) {
      digest.update(bytes);
    }

    @Override
    public String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void reset() {
      digest.reset();
    }
  }

  private record Crc32cHash(CRC32C crc) implements Hash {
    @Override
    public Algorithm algorithm() {
      return Algorithm.CRC32C;
    }

    @Override
    public void update(ByteBuffer bytes) {
      crc.update(bytes);
    }

    @Override
    public String hex() {
      return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    @Override
    public void reset() {
      crc.reset();
    }
  }
}
