package dev.bulkdl.serve;

import dev.bulkdl.serve.job.Deletion;
import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobFilter;
import dev.bulkdl.serve.job.JobState;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.job.Page;
import dev.bulkdl.serve.store.StoreException;
import dev.bulkdl.serve.user.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Removes jobs that ended long ago from the history. Their files stay, and so does what they count
 * for a quota. Closing it ends its thread.
 */
final class OldJobs implements AutoCloseable {

  /** Who has removed a job, in the audit log. */
  private static final String WHO = "bulkdl serve";

  private final Jobs jobs;
  private final AuditLog audit;
  private final Duration kept;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("old-jobs").factory());

  /**
   * @param kept how long a job stays after its end
   */
  OldJobs(Jobs jobs, AuditLog audit, Duration kept, InstantSource clock) {
    this.jobs = jobs;
    this.audit = audit;
    this.kept = kept;
    this.clock = clock;
  }

  /** Looks now, and from now on once an hour. */
  void start() {
    var unused = thread.scheduleWithFixedDelay(this::lookSafely, 0, 1, TimeUnit.HOURS);
  }

  /** An exception would end all later looks. */
  private void lookSafely() {
    try {
      look();
    } catch (StoreException e) {
      // the database cannot be used now; the next look tries again
    }
  }

  /** Removes what is too old now. */
  void look() {
    Instant oldest = clock.instant().minus(kept);
    for (Job job : ended()) {
      boolean isOld = job.ended().filter(end -> end.isBefore(oldest)).isPresent();
      if (isOld && jobs.delete(job.id(), Deletion.KEEP)) {
        audit.note(WHO, "job removed from the history", job.id() + " " + job.name(), "");
      }
    }
  }

  private List<Job> ended() {
    JobFilter filter = new JobFilter(Optional.empty(), JobState.ENDED, "");
    List<Job> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Job> page = jobs.list(filter, cursor, Page.MOST);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
