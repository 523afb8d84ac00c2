package dev.bulkdl.serve.web;

import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.Window;
import dev.bulkdl.serve.job.CheckResult;
import dev.bulkdl.serve.job.Connection;
import dev.bulkdl.serve.job.FailureGroup;
import dev.bulkdl.serve.job.FileState;
import dev.bulkdl.serve.job.Host;
import dev.bulkdl.serve.job.Job;
import dev.bulkdl.serve.job.JobFile;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobSchedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The JSON of jobs and their files, as requests and answers have it. */
final class JobJson {

  private JobJson() {}

  /**
   * @param rate a rate such as {@code 10M}, or a timetable; null for no limit
   */
  record Limits(
      Optional<Integer> files,
      Optional<Integer> connections,
      Optional<Integer> perHost,
      Optional<Integer> segments,
      Optional<String> rate) {

    static Limits of(JobLimits limits) {
      return new Limits(
          boxed(limits.files()),
          boxed(limits.connections()),
          boxed(limits.perHost()),
          boxed(limits.segments()),
          limits.rate().map(RateTable::toString));
    }

    JobLimits read(ZoneId zone) {
      return new JobLimits(
          number(files), number(connections), number(perHost), number(segments), rates(zone));
    }

    private Optional<RateTable> rates(ZoneId zone) {
      try {
        return rate.filter(text -> !text.isBlank()).map(text -> RateTable.parse(text, zone));
      } catch (IllegalArgumentException e) {
        throw Problem.field("limits.rate", String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * @param window one or several times of the day, with semicolons between them; null for always
   * @param rates the rate by the time of the week; null for none of its own
   */
  record Schedule(
      Optional<Instant> startAt,
      Optional<String> window,
      Optional<String> zone,
      Optional<String> rates) {

    static Schedule of(JobSchedule schedule) {
      String windows =
          schedule.windows().stream().map(Window::toString).collect(Collectors.joining("; "));
      return new Schedule(
          schedule.startAt(),
          Optional.of(windows).filter(text -> !text.isEmpty()),
          Optional.of(schedule.zone().getId()),
          Optional.empty());
    }

    JobSchedule read() {
      try {
        List<Window> windows =
            window.filter(text -> !text.isBlank()).stream()
                .flatMap(text -> Stream.of(text.split(";")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Window::parse)
                .toList();
        return new JobSchedule(startAt, windows, zoneId());
      } catch (IllegalArgumentException e) {
        throw Problem.field("schedule.window", String.valueOf(e.getMessage()));
      }
    }

    ZoneId zoneId() {
      try {
        return zone.filter(text -> !text.isBlank()).map(ZoneId::of).orElse(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw Problem.field(
            "schedule.zone", "this is no time zone; write for example Europe/Berlin");
      }
    }
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  private static OptionalInt number(Optional<Integer> value) {
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /**
   * @param counts the number of rows in each state
   * @param eta seconds
   * @param version of what people can change, for If-Match
   */
  record JobAnswer(
      String id,
      String name,
      String note,
      String owner,
      String ownerName,
      String state,
      Optional<String> reason,
      Instant since,
      Optional<Instant> until,
      Optional<String> hint,
      int priority,
      long position,
      Instant created,
      Optional<Instant> started,
      Optional<Instant> ended,
      long rows,
      long bytes,
      long done,
      Map<String, Long> counts,
      long rate,
      int connections,
      Optional<Long> eta,
      String folder,
      Limits limits,
      Schedule schedule,
      String version) {

    static JobAnswer of(Job job) {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (FileState state : FileState.values()) {
        counts.put(state.label(), job.counts().getOrDefault(state, 0L));
      }
      return new JobAnswer(
          job.id(),
          job.name(),
          job.note(),
          job.owner(),
          job.ownerName(),
          job.state().label(),
          job.reason(),
          job.since(),
          job.until(),
          job.hint(),
          job.priority(),
          job.position(),
          job.created(),
          job.started(),
          job.ended(),
          job.rows(),
          job.bytes(),
          job.done(),
          counts,
          job.rate(),
          job.connections(),
          job.eta().map(Duration::toSeconds),
          job.folder(),
          Limits.of(job.limits()),
          Schedule.of(job.schedule()),
          Version.of(job));
    }
  }

  /**
   * @param pieces start, position and end of each piece of an active file
   */
  record FileAnswer(
      long row,
      String name,
      String url,
      String host,
      String state,
      Optional<Long> size,
      long done,
      long rate,
      int attempts,
      int connections,
      Optional<String> code,
      Optional<String> reason,
      Optional<String> nextStep,
      Optional<String> proof,
      Optional<Instant> ended,
      List<List<Long>> pieces) {

    static FileAnswer of(JobFile file) {
      List<List<Long>> pieces = new ArrayList<>();
      for (JobFile.Piece piece : file.pieces()) {
        pieces.add(List.of(piece.start(), piece.position(), piece.end()));
      }
      return new FileAnswer(
          file.row(),
          file.name(),
          file.url(),
          file.host(),
          file.state().label(),
          boxed(file.size()),
          file.done(),
          file.rate(),
          file.attempts(),
          file.connections(),
          file.code(),
          file.reason(),
          file.nextStep(),
          file.proof(),
          file.ended(),
          pieces);
    }
  }

  /**
   * @param urls a list, or a text with one URL a line, or the text of a manifest; only without an
   *     uploaded file
   * @param start {@code now} or {@code held}
   */
  record JobRequest(
      Optional<JsonNode> urls,
      Optional<String> name,
      Optional<String> folder,
      Optional<Integer> priority,
      Optional<Limits> limits,
      Optional<Schedule> schedule,
      Optional<String> note,
      Optional<String> start) {}

  record JobPatch(
      Optional<String> name,
      Optional<String> note,
      Optional<Integer> priority,
      Optional<Limits> limits,
      Optional<Schedule> schedule) {}

  /** One of the three is given. */
  record MoveRequest(Optional<String> before, Optional<String> after, Optional<String> position) {}

  record UrlsRequest(JsonNode urls) {}

  record FilterRequest(Optional<String> state, Optional<String> host, Optional<String> q) {}

  /**
   * @param ids rows; only without a filter
   * @param value for the action {@code priority}: {@code first} or {@code last}
   */
  record BatchRequest(
      Optional<List<Long>> ids,
      Optional<FilterRequest> filter,
      String action,
      Optional<String> value) {}

  record BatchAnswer(long matched, long changed) {}

  record ErrorAnswer(long line, int column, String detail) {}

  record HostFiles(String host, long files) {}

  record CheckAnswer(
      long rows,
      long bytes,
      List<HostFiles> hosts,
      List<ErrorAnswer> errors,
      long errorCount,
      long duplicates,
      List<String> notes) {

    static CheckAnswer of(CheckResult check) {
      return new CheckAnswer(
          check.rows(),
          check.bytes(),
          check.hosts().stream().map(host -> new HostFiles(host.host(), host.files())).toList(),
          check.errors().stream()
              .map(error -> new ErrorAnswer(error.line(), error.column(), error.detail()))
              .toList(),
          check.errorCount(),
          check.duplicates(),
          check.notes());
    }
  }

  record ConnectionAnswer(
      String id,
      String host,
      String protocol,
      Instant since,
      long row,
      String name,
      long start,
      long position,
      Optional<Long> end,
      long rate) {

    static ConnectionAnswer of(Connection connection) {
      return new ConnectionAnswer(
          connection.id(),
          connection.host(),
          connection.protocol(),
          connection.since(),
          connection.row(),
          connection.name(),
          connection.start(),
          connection.position(),
          boxed(connection.end()),
          connection.rate());
    }
  }

  record ConnectionsAnswer(List<ConnectionAnswer> items) {}

  record HostAnswer(
      String origin,
      int connections,
      int allowed,
      String why,
      long received,
      long errors,
      Optional<String> hold) {

    static HostAnswer of(Host host) {
      return new HostAnswer(
          host.origin(),
          host.connections(),
          host.allowed(),
          host.why(),
          host.received(),
          host.errors(),
          host.hold().map(hold -> hold.why() + "; " + hold.reason().nextStep()));
    }
  }

  record HostsAnswer(List<HostAnswer> items) {}

  record FailureAnswer(
      String code, String host, long count, String sample, String nextStep, List<Long> rows) {

    static FailureAnswer of(FailureGroup group) {
      return new FailureAnswer(
          group.code(),
          group.host(),
          group.count(),
          group.sample(),
          group.nextStep(),
          group.rows());
    }
  }

  record FailuresAnswer(List<FailureAnswer> items) {}

  /**
   * @param next what to give as {@code after} for the lines that follow
   */
  record LogAnswer(List<String> lines, String next) {}
}
