package dev.bulkdl.serve.job;

import java.util.Optional;
import java.util.Set;

/**
 * Which jobs.
 *
 * @param owner the id of a user; empty for all
 * @param states any of these; empty for all
 * @param text a part of the name, the note or the folder; empty for all
 */
public record JobFilter(Optional<String> owner, Set<JobState> states, String text) {

  public static final JobFilter ALL = new JobFilter(Optional.empty(), Set.of(), "");

  public static JobFilter ofOwner(String id) {
    return new JobFilter(Optional.of(id), Set.of(), "");
  }
}
