package dev.bulkdl.serve.job;

import java.util.Arrays;
import java.util.Optional;

/** What became of a row. */
public enum FileState {
  PENDING("pending"),
  HELD("held"),
  ACTIVE("active"),
  RETRYING("retrying"),
  COMPLETED("completed"),
  SKIPPED("skipped"),
  FAILED("failed"),
  CANCELLED("cancelled");

  private final String label;

  FileState(String label) {
    this.label = label;
  }

  /** Returns the state as the API and the database write it. */
  public String label() {
    return label;
  }

  /** Returns the state with this label. */
  public static Optional<FileState> named(String label) {
    return Arrays.stream(values()).filter(state -> state.label.equals(label)).findFirst();
  }
}
