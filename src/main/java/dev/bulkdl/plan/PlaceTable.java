package dev.bulkdl.plan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;

/**
 * A table of the paths below the output folder, and the line that uses each one as a file or
 * folder. A path is stored as the first 128 bits of its SHA-256, so that two paths never count as
 * one, by chance or by intent. Not thread-safe.
 */
final class PlaceTable {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * One of many small tables grows at a time, so that a resize never needs the memory of the whole
   * table twice.
   */
  private static final int SHARD_BITS = 6;

  private final boolean caseInsensitive;
  private final MessageDigest sha256 = sha256();
  private final KeyTable[] shards = new KeyTable[1 << SHARD_BITS];

  /**
   * @param caseInsensitive whether paths that differ only in letter case, or in Unicode
   *     composition, are the same
   */
  PlaceTable(boolean caseInsensitive) {
    this.caseInsensitive = caseInsensitive;
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new KeyTable();
    }
  }

  /** Returns the key of a path; equal for paths of the same file or folder. */
  Place place(String path) {
    String name = caseInsensitive ? folded(path) : path;
    byte[] hash = sha256.digest(name.getBytes(StandardCharsets.UTF_8));
    return new Place((long) LONG.get(hash, 0), (long) LONG.get(hash, Long.BYTES));
  }

  /** Returns the line that uses the place. */
  Taken get(Place place) {
    return new Taken(shard(place).get(place.high, place.low));
  }

  /** Returns the mark of the row that uses the place; 0 if the place is free or a folder. */
  long mark(Place place) {
    return shard(place).mark(place.high, place.low);
  }

  /** Assigns a place, which must be free. */
  void put(Place place, Taken taken, long mark) {
    shard(place).put(place.high, place.low, taken.code(), mark);
  }

  private KeyTable shard(Place place) {
    return shards[(int) (place.high >>> (Long.SIZE - SHARD_BITS))];
  }

  /**
   * Folds a path like file systems that ignore case: by single characters, independent of language.
   */
  private static String folded(String path) {
    String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
    StringBuilder folded = new StringBuilder(composed.length());
    composed
        .codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .forEach(folded::appendCodePoint);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** A path's key: 128 bits of its SHA-256. */
  record Place(long high, long low) {}

  /**
   * A line's claim in 32 bits: the line, negative if the place is a folder, 0 if it is free. Lines
   * above 2,147,483,647 are all stored as that number.
   */
  record Taken(int code) {

    static Taken byFile(long line) {
      return new Taken((int) Math.min(line, Integer.MAX_VALUE));
    }

    static Taken byFolder(long line) {
      return new Taken(-byFile(line).code);
    }

    boolean isFree() {
      return code == 0;
    }

    boolean isFile() {
      return code > 0;
    }

    long line() {
      return Math.abs(code);
    }
  }
}
