package dev.bulkdl.plan;

import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;

/**
 * A number of 64 bits for what a row asks for: name, URL, size and hashes. Two rows with equal
 * numbers are the same row. By chance that is wrong once in 2^64 pairs with the same name.
 */
final class RowMark {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private RowMark() {}

  static long of(Download row) {
    long mark = add(OFFSET, row.target().value());
    mark = add(mark, row.source().toString());
    mark = add(mark, Long.toString(row.size().orElse(-1)));
    for (Checksum checksum : row.checksums()) {
      mark = add(mark, checksum.toString());
    }
    return mark;
  }

  /** FNV-1a over the characters, with a separator that no text contains. */
  private static long add(long mark, String text) {
    long sum = mark;
    for (int i = 0; i < text.length(); i++) {
      sum = (sum ^ text.charAt(i)) * PRIME;
    }
    return (sum ^ 0xffff) * PRIME;
  }
}
