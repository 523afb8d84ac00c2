package dev.bulkdl.disk;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Version;
import java.util.OptionalLong;

/**
 * What a journal says of its partial file.
 *
 * @param source the digest of the URL from which the bytes came
 * @param boot the boot of the machine in which they were written
 * @param version the remote version to which they belong
 * @param adopted the length of the user's own file that is the beginning, where it is one
 * @param split whether {@code done}, rather than the partial file's size, says what is there
 * @param done ranges that were written
 * @param forced ranges that are on the device for sure
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
   * What was forced was written, and has to stay: an older journal, which says so, may be back in
   * the place of this one when power was lost.
   */
  public JournalState {
    if (split) {
      for (ByteRanges.Span span : forced.list()) {
        done = done.plus(span.start(), span.end());
      }
    }
  }

  /** A new journal, of a file that is read from its beginning to its end. */
  public static JournalState begin(String source, String boot, Version version) {
    return new JournalState(
        source, boot, version, OptionalLong.empty(), false, ByteRanges.EMPTY, ByteRanges.EMPTY);
  }

  /** A journal of the user's own file, which is on the device. */
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

  /** The same file, with its version known. */
  JournalState with(Version known) {
    return new JournalState(source, boot, known, adopted, split, done, forced);
  }

  /**
   * Continued in this boot with these ranges to build on. Nothing else is there any more, be it
   * that it was forced.
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
