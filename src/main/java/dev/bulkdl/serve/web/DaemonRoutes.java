package dev.bulkdl.serve.web;

import dev.bulkdl.model.Rate;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobState;
import dev.bulkdl.serve.job.Overview;
import dev.bulkdl.serve.job.Timetable;
import dev.bulkdl.serve.user.AuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What concerns all jobs together: overview, limits, timetable, settings, metrics. */
final class DaemonRoutes {

  private final Services services;
  private final AuditLog audit;
  private final InstantSource clock;

  private static final long DISK_STEP = 16 << 20;

  record Next(Instant at, Optional<Long> rate) {}

  /** The rate of the timetable now, and the next other one. */
  record Slot(Optional<Long> now, Optional<Next> next) {}

  /**
   * @param jobs the number of jobs in each state
   * @param plot seconds since 1970 and bytes a second, for the last 15 minutes
   */
  record OverviewAnswer(
      long rate,
      int connections,
      int active,
      Optional<Long> diskFree,
      Optional<Instant> diskFull,
      Map<String, Long> jobs,
      List<List<Long>> plot,
      Slot timetable) {

    /** Without the curve, and with the free space in steps, which else changes all the time. */
    OverviewAnswer forStream() {
      return new OverviewAnswer(
          rate,
          connections,
          active,
          diskFree.map(free -> free & -DISK_STEP),
          diskFull,
          jobs,
          List.of(),
          timetable);
    }
  }

  /**
   * @param effective what holds now
   * @param by which level decides each: {@code admin}, {@code timetable} or {@code default}
   * @param version of what an administrator can set, for If-Match
   */
  record DaemonLimits(
      Optional<Integer> files,
      Optional<Integer> connections,
      Optional<Integer> perHost,
      Optional<Integer> segments,
      Optional<String> rate,
      JobJson.Limits effective,
      Map<String, String> by,
      String version) {}

  record TimetableRequest(String text, Optional<String> zone) {}

  /**
   * @param grid bytes a second for each hour of the week from Monday on; null for no limit
   * @param version of the text and the zone, for If-Match
   */
  record TimetableAnswer(
      String text,
      String zone,
      List<List<Optional<Long>>> grid,
      Optional<Long> now,
      Optional<Next> next,
      String version) {}

  DaemonRoutes(Services services, AuditLog audit, InstantSource clock) {
    this.services = services;
    this.audit = audit;
    this.clock = clock;
  }

  List<Route> all() {
    return List.of(
        Route.get("/overview", Access.READ, "What happens now", this::overview)
            .answers(Answer.OK, OverviewAnswer.class),
        Route.get("/limits", Access.READ, "The limits of all jobs together", this::limits)
            .answersTagged(DaemonLimits.class),
        Route.put("/limits", Access.ADMIN, "Sets them, effective at once", this::setLimits)
            .takes(JobJson.Limits.class)
            .answersTagged(DaemonLimits.class),
        Route.get("/timetable", Access.READ, "The rate by the time of the week", this::timetable)
            .answersTagged(TimetableAnswer.class),
        Route.put("/timetable", Access.ADMIN, "Sets it, effective at once", this::setTimetable)
            .takes(TimetableRequest.class)
            .answersTagged(TimetableAnswer.class),
        Route.post("/timetable:check", Access.READ, "Reads a timetable", this::checkTimetable)
            .takes(TimetableRequest.class)
            .answers(Answer.OK, TimetableAnswer.class),
        Route.get("/settings", Access.OVERSEE, "How the daemon was started", this::settings)
            .answers(Answer.OK, Services.Settings.class),
        Route.get("/metrics", Access.OVERSEE, "Numbers for Prometheus", this::metrics)
            .answers(Answer.OK, String.class));
  }

  private Answer overview(Call call) {
    return Answer.ok(overview(scope(call)));
  }

  /** Returns whose jobs are counted; empty for those of all. */
  static Optional<String> scope(Call call) {
    return call.principal().seesAll() ? Optional.empty() : Optional.of(call.user().id());
  }

  /** Returns what happens in the jobs of one user, or of all. */
  OverviewAnswer overview(Optional<String> owner) {
    Overview now = services.jobs().overview(owner);
    Map<String, Long> jobs = new LinkedHashMap<>();
    for (JobState state : JobState.values()) {
      jobs.put(state.label(), now.jobs().getOrDefault(state, 0L));
    }
    return new OverviewAnswer(
        now.rate(),
        now.connections(),
        now.active(),
        now.diskFree().isPresent() ? Optional.of(now.diskFree().getAsLong()) : Optional.empty(),
        now.diskFull(),
        jobs,
        now.plot().stream()
            .map(point -> List.of(point.at().getEpochSecond(), point.rate()))
            .toList(),
        slot(services.jobs().timetable()));
  }

  private Slot slot(Timetable table) {
    Instant now = clock.instant();
    return new Slot(
        bytes(table.at(now)), table.next(now).map(next -> new Next(next.at(), bytes(next.rate()))));
  }

  private static Optional<Long> bytes(Rate rate) {
    return rate.isLimited() ? Optional.of(rate.bytesPerSecond()) : Optional.empty();
  }

  private Answer limits(Call call) {
    return tagged(limits());
  }

  private static Answer tagged(DaemonLimits limits) {
    return Version.tagged(Answer.ok(limits), limits.version());
  }

  private static Answer tagged(TimetableAnswer timetable) {
    return Version.tagged(Answer.ok(timetable), timetable.version());
  }

  private DaemonLimits limits() {
    JobLimits set = services.jobs().limits();
    JobJson.Limits own = JobJson.Limits.of(set);
    JobJson.Limits usual = JobJson.Limits.of(services.defaults());
    Timetable table = services.jobs().timetable();
    boolean byTimetable = table.table().limits();
    JobJson.Limits effective =
        new JobJson.Limits(
            own.files().or(usual::files),
            own.connections().or(usual::connections),
            own.perHost().or(usual::perHost),
            own.segments().or(usual::segments),
            byTimetable
                ? Optional.of(table.at(clock.instant())).filter(Rate::isLimited).map(Rate::toString)
                : own.rate());
    Map<String, String> by = new LinkedHashMap<>();
    by.put("files", own.files().isPresent() ? "admin" : "default");
    by.put("connections", own.connections().isPresent() ? "admin" : "default");
    by.put("perHost", own.perHost().isPresent() ? "admin" : "default");
    by.put("segments", own.segments().isPresent() ? "admin" : "default");
    by.put("rate", byTimetable ? "timetable" : own.rate().isPresent() ? "admin" : "default");
    return new DaemonLimits(
        own.files(),
        own.connections(),
        own.perHost(),
        own.segments(),
        own.rate(),
        effective,
        by,
        Version.of(set));
  }

  private Answer setLimits(Call call) {
    JobLimits wanted = call.body(JobJson.Limits.class).read(ZoneOffset.UTC);
    services.jobs().limits(wanted, now -> Version.check(call, Version.of(now)));
    note(call, "set the limits");
    return tagged(limits());
  }

  private Answer timetable(Call call) {
    return tagged(answer(services.jobs().timetable()));
  }

  private TimetableAnswer answer(Timetable table) {
    Slot slot = slot(table);
    return new TimetableAnswer(
        table.text(),
        table.zone().getId(),
        table.grid(clock.instant()).stream()
            .map(day -> day.stream().map(DaemonRoutes::bytes).toList())
            .toList(),
        slot.now(),
        slot.next(),
        Version.of(table));
  }

  private static Timetable read(Call call) {
    TimetableRequest asked = call.body(TimetableRequest.class);
    return Timetable.parse(asked.text(), asked.zone().orElse(""));
  }

  private Answer setTimetable(Call call) {
    Timetable table = read(call);
    services.jobs().timetable(table, now -> Version.check(call, Version.of(now)));
    note(call, "set the timetable");
    return tagged(answer(table));
  }

  private Answer checkTimetable(Call call) {
    return Answer.ok(answer(read(call)));
  }

  private Answer settings(Call call) {
    return Answer.ok(services.settings());
  }

  private Answer metrics(Call call) {
    return new Answer.Text(
        "text/plain; version=0.0.4; charset=utf-8",
        MetricsText.of(overview(Optional.empty())),
        Map.of());
  }

  private void note(Call call, String what) {
    audit.note(call.user().name(), what, "", call.address());
  }
}
