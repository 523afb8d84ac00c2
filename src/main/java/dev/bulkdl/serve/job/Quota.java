package dev.bulkdl.serve.job;

import dev.bulkdl.model.RateTable;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a user may have; empty for no bound.
 *
 * @param bytes on disk, of all jobs together
 * @param files rows of all jobs together
 * @param connections of all jobs together
 * @param rate of all jobs together
 */
public record Quota(
    OptionalLong bytes, OptionalLong files, OptionalInt connections, Optional<RateTable> rate) {

  public static final Quota NONE =
      new Quota(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty());

  /**
   * What a user has.
   *
   * @param bytes on disk
   * @param expected these, and those that unfinished files are known to add
   * @param files rows
   */
  public record Used(long bytes, long expected, long files) {}

  /** Returns the bytes that may still come. */
  OptionalLong left(Used used) {
    return bytes.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, bytes.getAsLong() - used.bytes()));
  }
}
