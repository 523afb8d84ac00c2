package dev.bulkdl.serve.job;

import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.SegmentLayout.Piece;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.serve.job.FileTable.FileRow;
import dev.bulkdl.serve.job.JobTable.Counts;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Joins what is stored with what runs now. */
final class JobViews {

  private static final FileTable.InWork NOTHING =
      new FileTable.InWork() {
        @Override
        public List<Long> rows(FileState state) {
          return List.of();
        }

        @Override
        public List<Long> rows() {
          return List.of();
        }
      };

  private JobViews() {}

  static FileTable.InWork inWork(Optional<JobRun> run) {
    return run.map(FileTable.InWork.class::cast).orElse(NOTHING);
  }

  static Job job(Sql sql, JobRow row, Optional<JobRun> run) throws SQLException {
    Counts counts = JobTable.counts(sql, row.id());
    Optional<LiveSample> sample = run.map(JobRun::sample);
    long done = counts.bytes();
    int connections = 0;
    long rate = 0;
    Optional<Duration> eta = Optional.empty();
    if (sample.isPresent()) {
      for (FileSnapshot file : sample.get().progress().active()) {
        done += file.bytes();
      }
      connections = sample.get().progress().connections();
      rate = sample.get().rate();
      eta = eta(sample.get());
    }
    Optional<Change> host = sample.flatMap(now -> hostWait(row, now));
    return new Job(
        row.id(),
        row.name(),
        row.note(),
        row.owner(),
        row.ownerName(),
        host.isPresent() ? JobState.WAITING : row.state(),
        host.map(Change::reason).or(row::reason),
        host.map(Change::since).orElse(row.since()),
        host.map(Change::until).orElse(row.until()),
        host.map(Change::hint).or(row::hint),
        row.priority(),
        JobTable.position(sql, row),
        row.created(),
        row.started(),
        row.ended(),
        row.rows(),
        Math.max(row.bytes(), done),
        done,
        counts(counts, row.state(), run),
        rate,
        connections,
        eta,
        row.folder(),
        row.limits(),
        row.schedule());
  }

  private record Change(String reason, Instant since, Optional<Instant> until, String hint) {}

  /** A run without a connection whose hosts all want a pause waits for them. */
  private static Optional<Change> hostWait(JobRow row, LiveSample now) {
    List<HostSnapshot> hosts = now.progress().hosts();
    if (row.state() != JobState.RUNNING || now.progress().connections() > 0 || hosts.isEmpty()) {
      return Optional.empty();
    }
    List<Hold> holds = hosts.stream().flatMap(host -> host.hold().stream()).toList();
    if (holds.size() < hosts.size()) {
      return Optional.empty();
    }
    Hold first =
        holds.stream()
            .min(Comparator.comparing(hold -> hold.until().orElse(Instant.MAX)))
            .orElseThrow();
    return Optional.of(new Change("host", first.since(), first.until(), first.reason().nextStep()));
  }

  private static Optional<Duration> eta(LiveSample sample) {
    long missing = sample.progress().expected();
    return sample.rate() > 0 && sample.progress().unsized() == 0
        ? Optional.of(Duration.ofSeconds(missing / sample.rate()))
        : Optional.empty();
  }

  private static Map<FileState, Long> counts(Counts stored, JobState state, Optional<JobRun> run) {
    Map<FileState, Long> all = new EnumMap<>(FileState.class);
    for (FileState each : FileState.values()) {
      all.put(each, stored.of(each));
    }
    long pending = stored.of(FileState.PENDING);
    if (state == JobState.CANCELLED) {
      long open = pending + stored.of(FileState.HELD);
      all.merge(FileState.CANCELLED, open, Long::sum);
      all.put(FileState.PENDING, 0L);
      all.put(FileState.HELD, 0L);
    } else if (run.isPresent()) {
      long retrying = Math.min(pending, run.get().rows(FileState.RETRYING).size());
      long active = Math.min(pending - retrying, run.get().rows(FileState.ACTIVE).size());
      all.put(FileState.RETRYING, retrying);
      all.put(FileState.ACTIVE, active);
      all.put(FileState.PENDING, pending - retrying - active);
    }
    return all;
  }

  /** Returns rows with their URLs, and what the run does with them. */
  static List<JobFile> files(
      List<FileRow> rows, JobRow job, JobFolders folders, Optional<JobRun> run) throws IOException {
    if (rows.isEmpty()) {
      return List.of();
    }
    Optional<LiveSample> sample = run.map(JobRun::sample);
    List<JobFile> files = new ArrayList<>();
    try (RowFile.Reader reader = RowFile.Reader.open(folders.rows(job.id()))) {
      for (FileRow row : rows) {
        String url =
            reader.get(row.offset()) instanceof ManifestRow.Good good
                ? Redaction.of(good.download().source())
                : "";
        files.add(file(row, url, job, run, sample));
      }
    }
    return files;
  }

  private static JobFile file(
      FileRow row, String url, JobRow job, Optional<JobRun> run, Optional<LiveSample> sample) {
    Optional<TargetName> target = run.flatMap(each -> each.target(row.row()));
    Optional<FileSnapshot> now =
        target.flatMap(name -> sample.flatMap(each -> Optional.ofNullable(each.files().get(name))));
    FileState state = state(row, job, run, target);
    return new JobFile(
        row.row(),
        row.name(),
        url,
        row.host(),
        state,
        now.map(FileSnapshot::total).filter(OptionalLong::isPresent).orElse(row.size()),
        now.map(FileSnapshot::bytes).orElse(row.done()),
        target
            .flatMap(name -> sample.map(each -> each.fileRates().getOrDefault(name, 0L)))
            .orElse(0L),
        row.attempts(),
        now.map(FileSnapshot::connections).orElse(0),
        row.code(),
        row.reason(),
        row.code().filter(code -> state == FileState.FAILED).map(FailureCode::nextStep),
        row.proof(),
        row.ended(),
        now.map(JobViews::pieces).orElse(List.of()));
  }

  private static FileState state(
      FileRow row, JobRow job, Optional<JobRun> run, Optional<TargetName> target) {
    boolean open = row.state() == FileState.PENDING || row.state() == FileState.HELD;
    if (open && job.state() == JobState.CANCELLED) {
      return FileState.CANCELLED;
    }
    if (row.state() == FileState.PENDING && target.isPresent()) {
      return run.filter(each -> each.isRetrying(row.row())).isPresent()
          ? FileState.RETRYING
          : FileState.ACTIVE;
    }
    return row.state();
  }

  private static List<JobFile.Piece> pieces(FileSnapshot file) {
    List<JobFile.Piece> pieces = new ArrayList<>();
    for (var span : file.layout().written().list()) {
      pieces.add(new JobFile.Piece(span.start(), span.end(), span.end()));
    }
    for (Piece piece : file.layout().pieces()) {
      pieces.add(new JobFile.Piece(piece.start(), piece.position(), piece.end()));
    }
    pieces.sort(Comparator.comparingLong(JobFile.Piece::start));
    return pieces.size() <= JobFile.MOST_PIECES ? pieces : thinned(pieces);
  }

  /** Joins neighbours until few enough are left. */
  private static List<JobFile.Piece> thinned(List<JobFile.Piece> pieces) {
    List<JobFile.Piece> fewer = new ArrayList<>();
    int of = Math.ceilDiv(pieces.size(), JobFile.MOST_PIECES);
    for (int i = 0; i < pieces.size(); i += of) {
      JobFile.Piece last = pieces.get(Math.min(i + of, pieces.size()) - 1);
      fewer.add(new JobFile.Piece(pieces.get(i).start(), last.position(), last.end()));
    }
    return fewer;
  }

  static List<Connection> connections(JobRun run) {
    LiveSample sample = run.sample();
    List<Connection> all = new ArrayList<>();
    for (FileSnapshot file : sample.progress().active()) {
      long row = run.rowOf(file.download().target()).orElse(0L);
      for (Piece piece : file.layout().pieces()) {
        piece
            .connection()
            .ifPresent(
                each ->
                    all.add(
                        new Connection(
                            String.valueOf(each.id()),
                            each.origin().host(),
                            each.protocol(),
                            each.opened(),
                            row,
                            file.download().target().value(),
                            piece.start(),
                            piece.position(),
                            piece.end() == Long.MAX_VALUE
                                ? file.total()
                                : OptionalLong.of(piece.end()),
                            sample.connectionRates().getOrDefault(each.id(), 0L))));
      }
    }
    all.sort(Comparator.comparingLong(each -> Long.parseLong(each.id())));
    return all;
  }

  static List<Host> hosts(JobRun run) {
    return run.sample().progress().hosts().stream()
        .map(
            host ->
                new Host(
                    host.origin().toString(),
                    host.connections(),
                    host.allowed(),
                    host.reason(),
                    host.received(),
                    host.errors(),
                    host.hold()))
        .toList();
  }
}
