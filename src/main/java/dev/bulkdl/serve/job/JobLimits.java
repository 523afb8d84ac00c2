package dev.bulkdl.serve.job;

import dev.bulkdl.model.RateTable;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a job, a user or the daemon may use; empty for no limit of its own.
 *
 * @param files files in flight
 * @param connections connections in all
 * @param perHost connections to one host
 * @param segments connections for one file
 * @param rate bytes a second, as a rate or a timetable
 */
public record JobLimits(
    OptionalInt files,
    OptionalInt connections,
    OptionalInt perHost,
    OptionalInt segments,
    Optional<RateTable> rate) {

  public static final JobLimits NONE =
      new JobLimits(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty());

  private static final int MOST = 10_000;

  /**
   * @throws InvalidJobException when a number is below 1 or very large
   */
  public JobLimits {
    check("files", files);
    check("connections", connections);
    check("perHost", perHost);
    check("segments", segments);
  }

  private static void check(String field, OptionalInt number) {
    if (number.isPresent() && (number.getAsInt() < 1 || number.getAsInt() > MOST)) {
      throw new InvalidJobException("limits." + field, "must be from 1 to " + MOST);
    }
  }
}
