package dev.bulkdl.serve.user;

import java.util.Optional;

/**
 * The most that a user may have. Empty is no limit.
 *
 * @param bytes of all files together
 * @param files the number of rows of all jobs together
 * @param connections at one time
 * @param rate a text such as {@code 10M}, or a timetable
 */
public record Quota(
    Optional<Long> bytes,
    Optional<Long> files,
    Optional<Integer> connections,
    Optional<String> rate) {

  public static final Quota NONE =
      new Quota(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
