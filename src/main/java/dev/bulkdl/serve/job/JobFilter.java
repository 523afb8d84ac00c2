package dev.bulkdl.serve.job;

import java.util.Optional;

/**
 * Which jobs.
 *
 * @param owner the id of a user; empty for all
 * @param text a part of the name, the note or the folder; empty for all
 */
public record JobFilter(Optional<String> owner, Optional<JobState> state, String text) {

  public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), "");

  public static JobFilter ofOwner(String id) {
    return new JobFilter(Optional.of(id), Optional.empty(), "");
  }
}
