package dev.bulkdl.serve.job;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.settings.Limits;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What one run may use: the least of what its job, its user and the daemon allow. */
record RunLimits(
    int files, int connections, int perHost, int segments, RateTable rate, int weight) {

  private static final double WEIGHT_STEP = 1.25;

  /**
   * Returns the limits of a run.
   *
   * @param runs how many runs of the user share what the user may use
   */
  static RunLimits of(Limits usual, JobRow row, Quota user, JobLimits daemon, int runs) {
    JobLimits job = row.limits();
    OptionalInt share = part(user.connections(), runs);
    return new RunLimits(
        least(job.files().orElse(usual.maxFiles()), daemon.files()),
        least(least(job.connections().orElse(usual.maxConnections()), daemon.connections()), share),
        least(least(job.perHost().orElse(usual.maxPerHost()), daemon.perHost()), share),
        least(job.segments().orElse(usual.segments()), daemon.segments()),
        rate(job.rate(), user.rate(), runs),
        weight(row.priority()));
  }

  /** Returns how much a job of this priority gets beside others. */
  static int weight(int priority) {
    double weight = Limits.USUAL_WEIGHT * Math.pow(WEIGHT_STEP, priority);
    return Math.clamp(Math.round(weight), 1, Limits.MOST_WEIGHT);
  }

  private static int least(int own, OptionalInt other) {
    return Math.min(own, other.orElse(own));
  }

  private static OptionalInt part(Optional<Integer> all, int runs) {
    return all.stream().mapToInt(most -> Math.max(1, most / Math.max(1, runs))).findFirst();
  }

  /** A timetable of the job holds as it stands, if it is the lower one at some time. */
  private static RateTable rate(Optional<RateTable> job, Optional<String> user, int runs) {
    Optional<RateTable> share =
        user.map(text -> shared(RateTable.parse(text, ZoneOffset.UTC), Math.max(1, runs)));
    return Stream.concat(job.stream(), share.stream())
        .filter(RateTable::limits)
        .min((one, other) -> Long.compare(most(one), most(other)))
        .orElse(RateTable.UNLIMITED);
  }

  private static RateTable shared(RateTable table, int runs) {
    return new RateTable(
        shared(table.always(), runs),
        table.entries().stream()
            .map(
                entry -> new RateTable.Entry(entry.day(), entry.time(), shared(entry.rate(), runs)))
            .toList(),
        table.zone());
  }

  private static Rate shared(Rate rate, int runs) {
    return rate.isLimited() ? Rate.of(Math.max(1, rate.bytesPerSecond() / runs)) : rate;
  }

  private static long most(RateTable table) {
    return table.entries().stream()
        .mapToLong(entry -> entry.rate().bytesPerSecond())
        .max()
        .orElse(table.always().bytesPerSecond());
  }

  void apply(RunControl control) {
    control.files(files);
    control.connections(connections);
    control.connectionsPerHost(perHost);
    control.segments(segments);
    control.limitRate(rate);
    control.weight(weight);
  }
}
