package dev.bulkdl.serve.job;

import dev.bulkdl.serve.job.JobRun.StopReason;
import dev.bulkdl.serve.job.JobTable.Change;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which jobs start, wait and stop. Pure. */
final class Scheduling {

  private Scheduling() {}

  /** What happens to a job. */
  sealed interface Decision {
    JobRow job();

    /** It runs. */
    record Start(JobRow job) implements Decision {}

    /** It has another state. */
    record Become(JobRow job, Change change) implements Decision {}

    /** Its run ends, and then it has another state. */
    record Stop(JobRow job, StopReason reason, Change change) implements Decision {}
  }

  /**
   * The state of the daemon.
   *
   * @param live the jobs with a run
   * @param folders the folder of each job
   * @param lackSpace jobs whose disk is too full to start
   * @param lackQuota jobs whose user may get no more bytes
   * @param most jobs that run at one time
   */
  record World(
      Instant now,
      List<String> live,
      Map<String, Path> folders,
      List<String> lackSpace,
      List<String> lackQuota,
      int most) {}

  /**
   * Decides.
   *
   * @param jobs all that are not paused and have not ended, in the order in which they start
   */
  static List<Decision> decide(List<JobRow> jobs, World world) {
    List<Decision> decisions = new ArrayList<>();
    Map<String, Path> busy = new HashMap<>();
    for (String id : world.live) {
      Optional.ofNullable(world.folders.get(id)).ifPresent(folder -> busy.put(id, folder));
    }
    int places = world.most - world.live.size();
    for (JobRow job : jobs) {
      Decision decision =
          world.live.contains(job.id()) ? running(job, world) : idle(job, world, busy, places);
      if (decision instanceof Decision.Start) {
        places--;
        Optional.ofNullable(world.folders.get(job.id()))
            .ifPresent(folder -> busy.put(job.id(), folder));
      }
      if (!(decision instanceof Decision.Become become && isSo(job, become.change))) {
        decisions.add(decision);
      }
    }
    return decisions;
  }

  private static boolean isSo(JobRow job, Change change) {
    return job.state() == change.state()
        && job.reason().equals(change.reason())
        && job.until().equals(change.until())
        && job.hint().equals(change.hint());
  }

  private static Decision running(JobRow job, World world) {
    boolean works = job.state() == JobState.RUNNING || job.state() == JobState.WAITING;
    Optional<Instant> next = job.schedule().next(world.now);
    return works && next.isPresent()
        ? new Decision.Stop(job, StopReason.WINDOW, later(job, next.get(), world.now))
        : same(job);
  }

  private static Decision.Become same(JobRow job) {
    return new Decision.Become(job, new Change(job.state(), job.reason(), job.until(), job.hint()));
  }

  private static Decision idle(JobRow job, World world, Map<String, Path> busy, int places) {
    if (job.state() == JobState.PAUSING) {
      return new Decision.Become(job, Change.to(JobState.PAUSED));
    }
    Optional<Instant> next = job.schedule().next(world.now);
    if (next.isPresent()) {
      return new Decision.Become(job, later(job, next.get(), world.now));
    }
    if (world.lackSpace.contains(job.id())) {
      return new Decision.Become(
          job,
          Change.waiting(
              "disk", Optional.empty(), "free some space on the disk; it goes on by itself"));
    }
    if (world.lackQuota.contains(job.id())) {
      return new Decision.Become(
          job,
          Change.waiting(
              "quota", Optional.empty(), "delete files, or ask an administrator for more"));
    }
    Path folder = world.folders.get(job.id());
    if (folder != null && busy.values().stream().anyMatch(other -> overlap(folder, other))) {
      return turn(job, "another job is downloading to the same folder");
    }
    return places > 0
        ? new Decision.Start(job)
        : turn(job, world.most + " jobs are running; it starts when one of them ends");
  }

  private static Decision turn(JobRow job, String hint) {
    return new Decision.Become(
        job, new Change(JobState.QUEUED, Optional.of("turn"), Optional.empty(), Optional.of(hint)));
  }

  private static Change later(JobRow job, Instant next, Instant now) {
    boolean isStart = job.schedule().startAt().filter(now::isBefore).isPresent();
    return isStart
        ? new Change(
            JobState.SCHEDULED,
            Optional.of("start"),
            Optional.of(next),
            Optional.of("it starts by itself"))
        : Change.waiting(
            "window", Optional.of(next), "it goes on by itself when its window begins");
  }

  private static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }
}
