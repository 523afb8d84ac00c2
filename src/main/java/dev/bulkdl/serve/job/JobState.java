package dev.bulkdl.serve.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a job does. */
public enum JobState {
  QUEUED("queued"),
  SCHEDULED("scheduled"),
  RUNNING("running"),
  PAUSING("pausing"),
  PAUSED("paused"),
  WAITING("waiting"),
  DONE("done"),
  DONE_WITH_FAILURES("done-with-failures"),
  CANCELLED("cancelled");

  /** Those in which nothing more happens without the user. */
  public static final Set<JobState> ENDED = Set.of(DONE, DONE_WITH_FAILURES, CANCELLED);

  private final String label;

  JobState(String label) {
    this.label = label;
  }

  /** Returns the state as the API and the database write it. */
  public String label() {
    return label;
  }

  /** Returns the state with this label. */
  public static Optional<JobState> named(String label) {
    return Arrays.stream(values()).filter(state -> state.label.equals(label)).findFirst();
  }

  /** Whether nothing more happens without the user. */
  public boolean hasEnded() {
    return ENDED.contains(this);
  }
}
