package dev.bulkdl.serve.job;

import java.util.List;

/** How an order ended. */
public sealed interface AddResult {

  /** The job is stored, and on disk. */
  record Added(Job job) implements AddResult {}

  /**
   * The manifest has errors, and nothing was stored.
   *
   * @param errors the first of them
   * @param total the number of all
   */
  record Rejected(List<RowError> errors, long total) implements AddResult {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }
}
