package dev.bulkdl.serve.job;

import java.util.List;

/** What has changed in a job. */
public sealed interface JobChanged {

  /** The id of the job. */
  String job();

  /** Its state, or what can be changed by the user. New jobs too. */
  record State(String job) implements JobChanged {}

  /** Numbers of rows by state. */
  record Counts(String job) implements JobChanged {}

  /**
   * Rows.
   *
   * @param rows empty for very many
   */
  record Files(String job, List<Long> rows) implements JobChanged {
    public Files {
      rows = List.copyOf(rows);
    }
  }

  /** It was deleted. */
  record Removed(String job) implements JobChanged {}
}
