package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.Artifact;
import dev.bulkdl.serve.job.BatchResult;
import dev.bulkdl.serve.job.FileAction;
import dev.bulkdl.serve.job.FileFilter;
import dev.bulkdl.serve.job.FileOrder;
import dev.bulkdl.serve.job.FileSelection;
import dev.bulkdl.serve.job.FileState;
import dev.bulkdl.serve.job.JobFile;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.job.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What belongs to one job: its rows, connections, hosts, failures and documents. */
final class FileRoutes {

  private static final String JOB = "/jobs/{id}";
  private static final String BYTES = "application/octet-stream";
  private static final int MOST_IDS = 10_000;

  private final Jobs jobs;

  FileRoutes(Jobs jobs) {
    this.jobs = jobs;
  }

  List<Route> all() {
    List<Route> routes = new ArrayList<>(rows());
    routes.addAll(views());
    return routes;
  }

  private List<Route> rows() {
    return List.of(
        Route.get(JOB + "/files", Access.READ, "The rows; at jumps to a place", this::files)
            .pages(JobJson.FileAnswer.class)
            .query("state", "host", "q", "sort", "limit", "cursor", "at"),
        Route.post(JOB + "/files", Access.WRITE, "Adds URLs", this::addFiles)
            .takes(JobJson.UrlsRequest.class)
            .answers(Answer.OK, JobJson.JobAnswer.class),
        Route.post(
                JOB + "/files:batch",
                Access.WRITE,
                "Does this to rows; answers when all are done",
                this::batch)
            .takes(JobJson.BatchRequest.class)
            .answers(Answer.OK, JobJson.BatchAnswer.class),
        Route.get(JOB + "/files/{row}", Access.READ, "One row", this::file)
            .answers(Answer.OK, JobJson.FileAnswer.class),
        Route.get(JOB + "/files/{row}/content", Access.READ, "The finished file", this::content)
            .answers(Answer.OK, Path.class));
  }

  private List<Route> views() {
    return List.of(
        Route.get(JOB + "/connections", Access.READ, "The open connections", this::connections)
            .answers(Answer.OK, JobJson.ConnectionsAnswer.class),
        Route.get(JOB + "/hosts", Access.READ, "The hosts", this::hosts)
            .answers(Answer.OK, JobJson.HostsAnswer.class),
        Route.post(JOB + "/hosts/{host}/pause", Access.WRITE, "Its files wait", this::pauseHost)
            .answers(Answer.NO_CONTENT, Void.class),
        Route.post(JOB + "/hosts/{host}/resume", Access.WRITE, "They go on", this::resumeHost)
            .answers(Answer.NO_CONTENT, Void.class),
        Route.get(JOB + "/failures", Access.READ, "Failures by class and host", this::failures)
            .answers(Answer.OK, JobJson.FailuresAnswer.class),
        Route.get(JOB + "/log", Access.READ, "Lines of the log", this::log)
            .answers(Answer.OK, JobJson.LogAnswer.class)
            .query("after"),
        document("results.csv", Artifact.RESULTS, "text/csv; charset=utf-8"),
        document("failed.csv", Artifact.FAILED, "text/csv; charset=utf-8"),
        document("report.html", Artifact.REPORT_HTML, "text/html; charset=utf-8"),
        document("report.json", Artifact.REPORT_JSON, Json.TYPE),
        document("manifest", Artifact.MANIFEST, BYTES));
  }

  private Route document(String name, Artifact artifact, String type) {
    return Route.get(
            JOB + "/" + name,
            Access.READ,
            "A document",
            call -> document(call, artifact, type, name))
        .answers(Answer.OK, Path.class);
  }

  private Answer document(Call call, Artifact artifact, String type, String name) {
    Path file =
        jobs.artifact(call.value("id"), artifact)
            .orElseThrow(
                () ->
                    Problem.of(
                        Problem.NOT_FOUND,
                        "the job has no " + name + " yet; it is written when the job has run"));
    Map<String, String> sandbox =
        artifact == Artifact.REPORT_HTML
            ? Map.of("Content-Security-Policy", SecurityHeaders.REPORT_SANDBOX)
            : Map.of();
    String shown = artifact == Artifact.MANIFEST ? String.valueOf(file.getFileName()) : name;
    return new Answer.File(file, shown, type, sandbox);
  }

  private Answer files(Call call) {
    String id = call.value("id");
    FileFilter filter = filter(call.query("state"), call.query("host"), call.query("q"));
    FileOrder order = order(call.query("sort").orElse("row"));
    Optional<Long> at = call.number("at");
    Page<JobFile> page =
        (at.isPresent()
                ? jobs.filesAt(id, filter, order, at.get(), call.limit())
                : jobs.files(id, filter, order, call.query("cursor"), call.limit()))
            .orElseThrow(Problem::notFound);
    return Answer.ok(
        new PageJson<>(
            page.items().stream().map(JobJson.FileAnswer::of).toList(), page.next(), page.total()));
  }

  private static FileFilter filter(
      Optional<String> state, Optional<String> host, Optional<String> text) {
    Optional<FileState> wanted =
        state.map(
            name ->
                FileState.named(name)
                    .orElseThrow(
                        () -> Problem.field("state", "'" + name + "' is no state of a file")));
    return new FileFilter(wanted, host, text.orElse(""));
  }

  private static FileOrder order(String sort) {
    boolean down = sort.startsWith("-");
    return switch (down ? sort.substring(1) : sort) {
      case "row" -> down ? FileOrder.ROW_DESCENDING : FileOrder.ROW;
      case "name" -> down ? FileOrder.NAME_DESCENDING : FileOrder.NAME;
      case "size" -> down ? FileOrder.SIZE_DESCENDING : FileOrder.SIZE;
      default -> throw Problem.field("sort", "write row, name or size, with - before it for down");
    };
  }

  private Answer addFiles(Call call) {
    JobJson.UrlsRequest asked = call.body(JobJson.UrlsRequest.class);
    return Answer.ok(
        JobJson.JobAnswer.of(
            JobRoutes.stored(
                jobs.addFiles(call.value("id"), Uploads.pasted(asked.urls()))
                    .orElseThrow(Problem::notFound))));
  }

  private Answer batch(Call call) {
    JobJson.BatchRequest asked = call.body(JobJson.BatchRequest.class);
    BatchResult result =
        jobs.act(call.value("id"), selection(asked), action(asked.action(), asked.value()))
            .orElseThrow(Problem::notFound);
    return Answer.ok(new JobJson.BatchAnswer(result.matched(), result.changed()));
  }

  private static FileSelection selection(JobJson.BatchRequest asked) {
    if (asked.ids().isPresent() == asked.filter().isPresent()) {
      throw Problem.field("ids", "send either ids or a filter; {} is the filter of all");
    }
    if (asked.ids().isPresent()) {
      List<Long> ids = asked.ids().get();
      if (ids.size() > MOST_IDS) {
        throw Problem.field("ids", "at most " + MOST_IDS + "; send a filter for more");
      }
      return new FileSelection.Rows(ids);
    }
    JobJson.FilterRequest filter = asked.filter().get();
    return new FileSelection.Matching(filter(filter.state(), filter.host(), filter.q()));
  }

  private static FileAction action(String name, Optional<String> value) {
    String wanted = name.equals("priority") ? value.orElse("") : name;
    for (FileAction action : FileAction.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return action;
      }
    }
    throw Problem.field("action", "write hold, release, retry, cancel, first or last");
  }

  private Answer file(Call call) {
    return Answer.ok(
        jobs.file(call.value("id"), call.row("row"))
            .map(JobJson.FileAnswer::of)
            .orElseThrow(Problem::notFound));
  }

  private Answer content(Call call) {
    long row = call.row("row");
    JobFile file = jobs.file(call.value("id"), row).orElseThrow(Problem::notFound);
    Path content =
        jobs.content(call.value("id"), row)
            .orElseThrow(
                () -> Problem.of(Problem.NOT_FOUND, "the file is not complete, or was moved"));
    String name = file.name().substring(file.name().lastIndexOf('/') + 1);
    return new Answer.File(content, name, BYTES, Map.of());
  }

  private Answer connections(Call call) {
    return Answer.ok(
        new JobJson.ConnectionsAnswer(
            jobs.connections(call.value("id")).stream()
                .map(JobJson.ConnectionAnswer::of)
                .toList()));
  }

  private Answer hosts(Call call) {
    return Answer.ok(
        new JobJson.HostsAnswer(
            jobs.hosts(call.value("id")).stream().map(JobJson.HostAnswer::of).toList()));
  }

  private Answer pauseHost(Call call) {
    jobs.host(call.value("id"), call.value("host"), true);
    return Answer.done();
  }

  private Answer resumeHost(Call call) {
    jobs.host(call.value("id"), call.value("host"), false);
    return Answer.done();
  }

  private Answer failures(Call call) {
    return Answer.ok(
        new JobJson.FailuresAnswer(
            jobs.failures(call.value("id")).stream().map(JobJson.FailureAnswer::of).toList()));
  }

  private Answer log(Call call) throws IOException {
    Optional<Path> file = jobs.artifact(call.value("id"), Artifact.LOG);
    return Answer.ok(
        file.isEmpty()
            ? new JobJson.LogAnswer(List.of(), "0")
            : LogTail.read(file.get(), call.number("after")));
  }
}
