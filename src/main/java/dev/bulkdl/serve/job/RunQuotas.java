package dev.bulkdl.serve.job;

import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.rate.ByteAllowance;
import dev.bulkdl.serve.job.JobRun.StopReason;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.user.Users;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the runs of a user within the quota of bytes. All of them take their bytes from one
 * allowance, so together they write no byte more. Bytes that are fetched twice count twice; then
 * the runs stop too early and begin again with what is really left. {@link #unfinished} is
 * thread-safe, the rest is for one thread.
 */
final class RunQuotas {

  private final Database database;
  private final Runnable whenSpent;
  private final Map<String, Map<Long, Long>> unfinished = new ConcurrentHashMap<>();
  private final Map<String, Bounded> allowances = new HashMap<>();

  /** How the runs of a user began that the quota has stopped. */
  private final Map<String, Bounded> stopped = new HashMap<>();

  /**
   * @param stored what the user had when the runs began
   */
  private record Bounded(long quota, long stored, ByteAllowance allowance) {}

  /**
   * @param whenSpent is called when {@link #check} would stop runs
   */
  RunQuotas(Database database, Runnable whenSpent) {
    this.database = database;
    this.whenSpent = whenSpent;
  }

  /** Returns the bytes of a job's files that are not complete, by row; its run writes them. */
  Map<Long, Long> unfinished(String job) {
    return unfinished.computeIfAbsent(job, same -> new ConcurrentHashMap<>());
  }

  private static Optional<Long> quota(Sql sql, String user) throws SQLException {
    return Users.byId(sql, user).flatMap(each -> each.quota().bytes());
  }

  /** Whether a user without a run has as many bytes as allowed. */
  boolean isSpent(String user) {
    return database.read(
        sql -> {
          Optional<Long> quota = quota(sql, user);
          if (quota.isEmpty()) {
            return false;
          }
          long stored = stored(sql, user);
          // Runs that have brought nothing would bring nothing again.
          boolean inVain =
              Optional.ofNullable(stopped.get(user))
                  .filter(runs -> runs.quota == quota.get() && runs.stored == stored)
                  .isPresent();
          return inVain || stored >= quota.get();
        });
  }

  /** Returns the bytes of complete files, and of those that were left before they were complete. */
  private long stored(Sql sql, String user) throws SQLException {
    List<String> jobs =
        sql.list(
            "SELECT id FROM jobs WHERE owner = ? AND state <> 'deleting'",
            row -> row.getString(1),
            user);
    long bytes = Quotas.used(sql, user).bytes();
    for (String job : jobs) {
      Map<Long, Long> files = unfinished.getOrDefault(job, Map.of());
      bytes += files.values().stream().mapToLong(Long::longValue).sum();
    }
    return bytes;
  }

  /** Gives a run its part of the allowance before it begins. */
  void begin(JobRun run, Collection<JobRun> live) {
    String user = run.job().owner();
    List<JobRun> others = live.stream().filter(other -> other.job().owner().equals(user)).toList();
    if (others.isEmpty()) {
      allowances.remove(user);
    }
    run.allow(bounded(user, others).map(Bounded::allowance));
  }

  /** Returns what the runs of a user share, as large as the present quota makes it. */
  private Optional<Bounded> bounded(String user, List<JobRun> runs) {
    return database.read(
        sql -> {
          Optional<Long> quota = quota(sql, user);
          if (quota.isEmpty()) {
            allowances.remove(user);
            return Optional.empty();
          }
          Bounded known = allowances.get(user);
          if (known == null) {
            long stored = stored(sql, user);
            long left = quota.get() - stored - active(runs);
            known = new Bounded(quota.get(), stored, new ByteAllowance(left, whenSpent));
          } else if (known.quota != quota.get()) {
            known.allowance.add(quota.get() - known.quota);
            known = new Bounded(quota.get(), known.stored, known.allowance);
          }
          allowances.put(user, known);
          return Optional.of(known);
        });
  }

  private static long active(List<JobRun> runs) {
    long bytes = 0;
    for (JobRun run : runs) {
      for (FileSnapshot file : run.sample().progress().active()) {
        bytes += file.bytes();
      }
    }
    return bytes;
  }

  /**
   * Stops the runs of users that have as many bytes as they may have. What an earlier process of
   * the daemon has left of unfinished files is seen here, when they go on.
   *
   * @return whether there is a quota of bytes for one of the runs
   */
  boolean check(Collection<JobRun> live) {
    Map<String, List<JobRun>> byUser = new HashMap<>();
    live.forEach(
        run -> byUser.computeIfAbsent(run.job().owner(), same -> new ArrayList<>()).add(run));
    boolean isBounded = false;
    for (Map.Entry<String, List<JobRun>> each : byUser.entrySet()) {
      List<JobRun> runs = each.getValue();
      Optional<Bounded> bounded = bounded(each.getKey(), runs);
      runs.forEach(run -> run.allow(bounded.map(Bounded::allowance)));
      if (bounded.isPresent()) {
        isBounded = true;
        long seen = database.read(sql -> Quotas.used(sql, each.getKey())).bytes() + active(runs);
        if (bounded.get().allowance.isSpent() || seen > bounded.get().quota) {
          stopped.put(each.getKey(), bounded.get());
          runs.forEach(run -> run.stop(StopReason.QUOTA));
        }
      }
    }
    return isBounded;
  }
}
