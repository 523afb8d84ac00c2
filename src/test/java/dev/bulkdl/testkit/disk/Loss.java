package dev.bulkdl.testkit.disk;

import java.util.Arrays;
import java.util.Random;

/** What file systems of different kinds keep when power is lost. */
public enum Loss {
  /** Nothing but what was forced, neither names nor content. */
  ALL_UNFORCED,
  /** Names and lengths; what was not forced reads as zeros. */
  DATA_ZEROED,
  /** Names; files are as long as they were when they were forced. */
  DATA_CUT,
  /** Names as they were at some moment since a folder was forced, and any blocks of content. */
  ANYTHING;

  private static final int BLOCK = 4096;

  /** What is left of a file's content. */
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
