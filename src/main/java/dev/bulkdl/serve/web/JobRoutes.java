package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.AddResult;
import dev.bulkdl.serve.job.Deletion;
import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobAction;
import dev.bulkdl.serve.job.JobChange;
import dev.bulkdl.serve.job.JobFilter;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobSchedule;
import dev.bulkdl.serve.job.JobState;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.job.Move;
import dev.bulkdl.serve.job.NewJob;
import dev.bulkdl.serve.job.Page;
import dev.bulkdl.serve.job.RowError;
import dev.bulkdl.serve.user.AuditLog;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Orders, lists and steers jobs. */
final class JobRoutes {

  private static final String JOB = "/jobs/{id}";

  private final Jobs jobs;
  private final AuditLog audit;

  JobRoutes(Jobs jobs, AuditLog audit) {
    this.jobs = jobs;
    this.audit = audit;
  }

  List<Route> all() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get("/jobs", Access.READ, "The jobs in the order of the queue", this::list)
            .pages(JobJson.JobAnswer.class)
            .query("state", "owner", "q", "cursor", "limit"));
    routes.add(
        Route.post("/jobs", Access.WRITE, "Orders a job; it is stored when this answers", this::add)
            .takesUpload(JobJson.JobRequest.class)
            .answers(Answer.CREATED, JobJson.JobAnswer.class));
    routes.add(
        Route.post("/jobs:check", Access.WRITE, "Checks a list, and stores nothing", this::check)
            .takesUpload(JobJson.JobRequest.class)
            .answers(Answer.OK, JobJson.CheckAnswer.class));
    routes.add(
        Route.get(JOB, Access.READ, "One job", this::job).answersTagged(JobJson.JobAnswer.class));
    routes.add(
        Route.patch(JOB, Access.WRITE, "Changes what is given", this::change)
            .takes(JobJson.JobPatch.class)
            .answersTagged(JobJson.JobAnswer.class));
    routes.add(
        Route.delete(
                JOB, Access.WRITE, "Removes a job; files is keep, partial or all", this::delete)
            .query("files"));
    routes.add(
        Route.post(JOB + "/move", Access.WRITE, "Changes the place in the queue", this::move)
            .takes(JobJson.MoveRequest.class)
            .answers(Answer.OK, JobJson.JobAnswer.class));
    for (JobAction action : JobAction.values()) {
      String name = action.name().toLowerCase(Locale.ROOT);
      routes.add(
          Route.post(
                  JOB + "/" + name,
                  Access.WRITE,
                  "Does this to the job; nothing if it is done already",
                  call -> act(call, action))
              .answers(Answer.ACCEPTED, JobJson.JobAnswer.class));
    }
    return routes;
  }

  private Answer list(Call call) {
    Optional<String> owner =
        call.principal().seesAll() ? call.query("owner") : Optional.of(call.user().id());
    Set<JobState> states = new LinkedHashSet<>();
    for (String name : call.query("state").map(text -> text.split(",")).orElse(new String[0])) {
      states.add(
          JobState.named(name)
              .orElseThrow(() -> Problem.field("state", "'" + name + "' is no state of a job")));
    }
    JobFilter filter = new JobFilter(owner, states, call.query("q").orElse(""));
    Page<Job> page = jobs.list(filter, call.query("cursor"), call.limit());
    return Answer.ok(
        new PageJson<>(
            page.items().stream().map(JobJson.JobAnswer::of).toList(), page.next(), page.total()));
  }

  private Answer add(Call call) throws IOException {
    JobJson.JobRequest asked = call.body(JobJson.JobRequest.class);
    NewJob order = order(call, asked);
    AddResult result = Uploads.use(call, asked.urls(), upload -> jobs.add(order, upload));
    Job job = stored(result);
    note(call, "added a job", job.id() + " " + job.name());
    return Answer.created("jobs/" + job.id(), JobJson.JobAnswer.of(job));
  }

  private static NewJob order(Call call, JobJson.JobRequest asked) {
    String start = asked.start().orElse("now");
    if (!start.equals("now") && !start.equals("held")) {
      throw Problem.field("start", "write now or held");
    }
    return new NewJob(
        call.user().id(),
        asked.name().orElse(""),
        asked.note().orElse(""),
        asked.folder().orElse(""),
        asked.priority().orElse(0),
        limits(asked.limits(), asked.schedule()),
        asked.schedule().map(JobJson.Schedule::read).orElse(JobSchedule.NONE),
        start.equals("held"));
  }

  /** The timetable of the schedule is the rate of the limits, if they have none. */
  private static JobLimits limits(
      Optional<JobJson.Limits> limits, Optional<JobJson.Schedule> schedule) {
    JobJson.Limits given =
        limits.orElse(
            new JobJson.Limits(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    Optional<String> rates = schedule.flatMap(JobJson.Schedule::rates);
    JobJson.Limits whole =
        given.rate().isPresent()
            ? given
            : new JobJson.Limits(
                given.files(), given.connections(), given.perHost(), given.segments(), rates);
    return whole.read(schedule.map(JobJson.Schedule::zoneId).orElse(ZoneOffset.UTC));
  }

  /**
   * Returns the stored job.
   *
   * @throws Problem with the first error of the list
   */
  static Job stored(AddResult result) {
    return switch (result) {
      case AddResult.Added added -> added.job();
      case AddResult.Rejected rejected -> throw rejected(rejected);
    };
  }

  private static Problem rejected(AddResult.Rejected rejected) {
    RowError first = rejected.errors().getFirst();
    long others = rejected.total() - 1;
    String more =
        others == 0 ? "" : " (and " + others + (others == 1 ? " more error)" : " more errors)");
    return Problem.at("manifest", (int) first.line(), first.column(), first.detail() + more)
        .with(
            rejected.errors().stream()
                .map(error -> new JobJson.ErrorAnswer(error.line(), error.column(), error.detail()))
                .toList());
  }

  private Answer check(Call call) throws IOException {
    JobJson.JobRequest asked = call.body(JobJson.JobRequest.class);
    order(call, asked);
    return Answer.ok(JobJson.CheckAnswer.of(Uploads.use(call, asked.urls(), jobs::check)));
  }

  private Job find(Call call) {
    return jobs.find(call.value("id")).orElseThrow(Problem::notFound);
  }

  private Answer job(Call call) {
    return tagged(find(call));
  }

  private static Answer tagged(Job job) {
    return Version.tagged(Answer.ok(JobJson.JobAnswer.of(job)), Version.of(job));
  }

  private Answer change(Call call) {
    JobJson.JobPatch asked = call.body(JobJson.JobPatch.class);
    boolean changesLimits =
        asked.limits().isPresent() || asked.schedule().flatMap(JobJson.Schedule::rates).isPresent();
    JobChange change =
        new JobChange(
            asked.name(),
            asked.note(),
            asked.priority().map(OptionalInt::of).orElse(OptionalInt.empty()),
            changesLimits
                ? Optional.of(limits(asked.limits(), asked.schedule()))
                : Optional.empty(),
            asked.schedule().map(JobJson.Schedule::read));
    Job job =
        jobs.change(call.value("id"), change, now -> Version.check(call, Version.of(now)))
            .orElseThrow(Problem::notFound);
    note(call, "changed a job", job.id());
    return tagged(job);
  }

  private Answer act(Call call, JobAction action) {
    Job job = jobs.act(call.value("id"), action).orElseThrow(Problem::notFound);
    note(call, action.name().toLowerCase(Locale.ROOT) + " of a job", job.id());
    return Answer.accepted(JobJson.JobAnswer.of(job));
  }

  private Answer move(Call call) {
    JobJson.MoveRequest asked = call.body(JobJson.MoveRequest.class);
    jobs.move(call.value("id"), place(call, asked));
    return Answer.ok(JobJson.JobAnswer.of(find(call)));
  }

  private Move place(Call call, JobJson.MoveRequest asked) {
    if (asked.before().isPresent()) {
      return new Move.Before(own(call, "before", asked.before().get()));
    }
    if (asked.after().isPresent()) {
      return new Move.After(own(call, "after", asked.after().get()));
    }
    return switch (asked.position().orElse("")) {
      case "top" -> new Move.Top();
      case "bottom" -> new Move.Bottom();
      default -> throw Problem.field("position", "write top or bottom, or before or after a job");
    };
  }

  private String own(Call call, String field, String id) {
    return jobs.find(id)
        .filter(job -> call.principal().seesAll() || job.owner().equals(call.user().id()))
        .map(Job::id)
        .orElseThrow(() -> Problem.field(field, "there is no such job, or it is not yours"));
  }

  private Answer delete(Call call) {
    Deletion what =
        switch (call.query("files").orElse("keep")) {
          case "keep" -> Deletion.KEEP;
          case "partial" -> Deletion.PARTIAL;
          case "all" -> Deletion.ALL;
          default -> throw Problem.field("files", "write keep, partial or all");
        };
    jobs.delete(call.value("id"), what);
    note(call, "deleted a job", call.value("id"));
    return Answer.done();
  }

  private void note(Call call, String what, String target) {
    audit.note(call.user().name(), what, target, call.address());
  }
}
