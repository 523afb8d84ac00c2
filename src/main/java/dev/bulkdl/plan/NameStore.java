package dev.bulkdl.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names in UTF-8, in blocks of 1 MiB, so that a million of them need no more than their bytes. Each
 * is found by a place: the number of its block, its start there and its length. Not thread-safe.
 */
final class NameStore {

  private static final int BLOCK_BITS = 20;
  private static final int BLOCK = 1 << BLOCK_BITS;

  /** A name has 3,000 bytes at most. */
  private static final int LENGTH_BITS = 12;

  private static final int MOST_LENGTH = (1 << LENGTH_BITS) - 1;

  private final List<byte[]> blocks = new ArrayList<>();
  private int used = BLOCK;

  /** Adds a name and returns its place. */
  long add(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MOST_LENGTH);
    if (used + length > BLOCK) {
      blocks.add(new byte[BLOCK]);
      used = 0;
    }
    System.arraycopy(bytes, 0, blocks.getLast(), used, length);
    long place = ((long) (blocks.size() - 1) << BLOCK_BITS | used) << LENGTH_BITS | length;
    used += length;
    return place;
  }

  /** Compares the names at two places by their bytes, which is the order of code points. */
  int compare(long one, long other) {
    return Arrays.compareUnsigned(
        block(one), start(one), end(one), block(other), start(other), end(other));
  }

  private byte[] block(long place) {
    return blocks.get((int) (place >>> (BLOCK_BITS + LENGTH_BITS)));
  }

  private static int start(long place) {
    return (int) (place >>> LENGTH_BITS) & (BLOCK - 1);
  }

  private static int end(long place) {
    return start(place) + ((int) place & MOST_LENGTH);
  }
}
