package dev.bulkdl.testkit.disk;

import java.util.Arrays;
import java.util.Random;

/** The data that different kinds of file systems keep after a power loss. */
public enum Loss {
  /** Only synced names and synced content remain. */
  ALL_UNFORCED,
  /** Names and lengths remain. Content that was not synced reads as zeros. */
  DATA_ZEROED,
  /** Names remain. Files have the length that they had at their last sync. */
  DATA_CUT,
  /**
   * Names as they were at some moment after the last sync of their folder remain, with any blocks
   * of content.
   */
  ANYTHING;

  private static final int BLOCK = 4096;

  /** Returns the remaining content of a file. */
  byte[] content(byte[] written, byte[] forced, Random random) {
    return switch (this) {
      case ALL_UNFORCED, DATA_CUT -> forced;
      case DATA_ZEROED -> Arrays.copyOf(forced, written.length);
      case ANYTHING -> anyBlocks(written, forced, random);
    };
  }

  private static byte[] anyBlocks(byte[] written, byte[] forced, Random random) {
    int least = Math.min(written.length, forced.length);
    int length = least + random.nextInt(Math.max(written.length, forced.length) - least + 1);
    byte[] left = Arrays.copyOf(forced, length);
    for (int at = 0; at < Math.min(length, written.length); at += BLOCK) {
      if (random.nextBoolean()) {
        int end = Math.min(at + BLOCK, Math.min(length, written.length));
        System.arraycopy(written, at, left, at, end - at);
      }
    }
    return left;
  }
}
