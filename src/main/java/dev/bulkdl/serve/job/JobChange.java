package dev.bulkdl.serve.job;

import java.util.Optional;
import java.util.OptionalInt;

/** What changes in a job; what is empty stays. */
public record JobChange(
    Optional<String> name,
    Optional<String> note,
    OptionalInt priority,
    Optional<JobLimits> limits,
    Optional<JobSchedule> schedule) {

  /**
   * @throws InvalidJobException when one of the values is not allowed
   */
  public JobChange {
    name.ifPresent(NewJob::checkName);
    note.ifPresent(NewJob::checkNote);
    priority.ifPresent(NewJob::checkPriority);
  }
}
