package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.util.OptionalLong;

/**
 * The content of a journal.
 *
 * @param source the digest of the URL from which the bytes came
 * @param boot the boot of the machine in which they were written
 * @param version the remote version to which they belong
 * @param adopted the length of the user's own file that is the beginning, if there is one
 * @param split true if {@code done} states what is written; false if the partial file's size does
 * @param done the ranges that were written
 * @param forced the ranges that are synced
 */
public record JournalState(
    String source,
    String boot,
    Version version,
    OptionalLong adopted,
    boolean split,
    ByteRanges done,
    ByteRanges forced) {

  /**
   * Synced ranges are always part of the written ranges. After a power loss an older journal can be
   * back in place of this one, so that its synced ranges must still be valid.
   */
  public JournalState {
    if (split) {
      for (ByteRanges.Span span : forced.list()) {
        done = done.plus(span.start(), span.end());
      }
    }
  }

  /** Returns the state of a new file that is read from its beginning to its end. */
  public static JournalState begin(String source, String boot, Version version) {
    return new JournalState(
        source, boot, version, OptionalLong.empty(), false, ByteRanges.EMPTY, ByteRanges.EMPTY);
  }

  /** Returns the state of the user's own file, which is synced. */
  static JournalState adopt(String source, String boot, long size) {
    return new JournalState(
        source,
        boot,
        Version.UNKNOWN,
        OptionalLong.of(size),
        false,
        ByteRanges.EMPTY,
        ByteRanges.prefix(size));
  }

  /** Returns this state with another version. */
  JournalState with(Version known) {
    return new JournalState(source, boot, known, adopted, split, done, forced);
  }

  /**
   * Returns the state of a file that is continued in the current boot.
   *
   * @param believed the only ranges that are kept; all other bytes are gone, synced or not
   * @param asSplit whether the file is split from now on
   */
  JournalState resumed(String currentBoot, ByteRanges believed, boolean asSplit) {
    ByteRanges ranges = asSplit ? believed : ByteRanges.EMPTY;
    return new JournalState(
        source, currentBoot, version, adopted, asSplit, ranges, common(forced, believed));
  }

  private static ByteRanges common(ByteRanges some, ByteRanges others) {
    ByteRanges common = ByteRanges.EMPTY;
    for (ByteRanges.Span one : some.list()) {
      for (ByteRanges.Span other : others.list()) {
        long start = Math.max(one.start(), other.start());
        long end = Math.min(one.end(), other.end());
        common = start < end ? common.plus(start, end) : common;
      }
    }
    return common;
  }
}
