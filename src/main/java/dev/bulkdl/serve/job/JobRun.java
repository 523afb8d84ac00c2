package dev.bulkdl.serve.job;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.engine.Session;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.rate.ByteAllowance;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.serve.job.FileTable.FileRow;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One run of a job on the engine, from its start to its end. The database decides what is fetched;
 * this tells the engine, and tells the database how rows have ended. Thread-safe.
 */
final class JobRun implements FileTable.InWork {

  /** Rows that are added to a run which reads no more by itself. The others wait for the next. */
  private static final int MOST_ADDED = 20_000;

  private static final long NEW_SAMPLE_NANOS = 200_000_000;
  private static final long RATE_NANOS = 2_000_000_000;

  private final JobRow job;
  private final Database database;
  private final OutcomeWriter outcomes;
  private final Consumer<JobRun> holdsChanged;
  private final Map<Long, Long> unfinished;
  private final Map<Long, TargetName> begun = new ConcurrentHashMap<>();
  private final Set<Long> retrying = ConcurrentHashMap.newKeySet();
  private final Set<Long> unwanted = ConcurrentHashMap.newKeySet();
  private final ReentrantLock sampling = new ReentrantLock();
  private final Deque<LiveSample> samples = new ArrayDeque<>();
  private volatile Optional<Path> folder = Optional.empty();
  private volatile Optional<Session> session = Optional.empty();
  private volatile Optional<RowFeed> feed = Optional.empty();
  private volatile Optional<StopReason> stopping = Optional.empty();
  private volatile Optional<RunLimits> limits = Optional.empty();
  private volatile Optional<ByteAllowance> allowance = Optional.empty();
  private volatile boolean diskFull;

  /** Why a run is stopped. */
  enum StopReason {
    /** The database says what becomes of the job. */
    USER,
    WINDOW,
    QUOTA,
    SHUTDOWN
  }

  /**
   * How a run ended.
   *
   * @param problem why it could not go on, for people
   */
  record End(Optional<StopReason> stopped, boolean diskFull, Optional<String> problem) {}

  /**
   * @param unfinished the bytes on disk of files that are not complete, by row; the run keeps it
   */
  JobRun(
      JobRow job,
      Database database,
      OutcomeWriter outcomes,
      Map<Long, Long> unfinished,
      Consumer<JobRun> holdsChanged) {
    this.job = job;
    this.database = database;
    this.outcomes = outcomes;
    this.unfinished = unfinished;
    this.holdsChanged = holdsChanged;
  }

  JobRow job() {
    return job;
  }

  String id() {
    return job.id();
  }

  /**
   * Runs to the end.
   *
   * @param settings with the folder of the job
   * @param own the job's folder in the state folder
   */
  End run(TransferEngine engine, Settings settings, Path own) {
    Optional<String> problem = Optional.empty();
    folder = Optional.of(settings.disk().outputDir());
    try (Session opened = engine.open(settings, List.of());
        RowFeed rows = new RowFeed(database, job.id(), RowFile.Reader.open(own.resolve("rows")))) {
      feed = Optional.of(rows);
      session = Optional.of(opened);
      limits.ifPresent(this::limit);
      allow(allowance);
      stopping.ifPresent(this::stop);
      run(opened, rows, own);
    } catch (IOException e) {
      problem = Optional.of(IoText.of(e));
    } catch (RuntimeException e) {
      problem = Optional.of(IoText.reason(e));
    } finally {
      session = Optional.empty();
      outcomes.flush();
    }
    return new End(stopping, diskFull, problem);
  }

  private void run(Session opened, RowFeed rows, Path own) throws IOException {
    List<String> header =
        database.read(
            sql ->
                sql.first(
                        "SELECT header FROM jobs WHERE id = ?",
                        row -> JobJson.texts(row.getString(1)),
                        job.id())
                    .orElse(List.of()));
    long[] open = openRows();
    Session.Work work = new Session.Work(job.name(), open[0], open[1], open[2], List.of(rows));
    try (JobRecords records = JobRecords.open(own, header)) {
      List<TransferListener> listeners = new ArrayList<>(records.listeners());
      listeners.add(new Watcher());
      RunReport report = opened.run(work, records.timings(), listeners);
      Optional<IOException> unwritten = records.conclude(report);
      if (unwritten.isPresent()) {
        throw unwritten.get();
      }
    }
  }

  /** Returns the number of rows to fetch, of those with a known size, and their bytes. */
  private long[] openRows() {
    return database.read(
        sql ->
            sql.first(
                    "SELECT count(*), count(size), ifnull(sum(size), 0) FROM files"
                        + " WHERE job = ? AND state = 'pending'",
                    row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                    job.id())
                .orElse(new long[3]));
  }

  /** Sees what the engine does. */
  private final class Watcher implements TransferListener {
    @Override
    public void onEvent(TransferEvent event) {
      switch (event) {
        case TransferEvent.FileStarted started -> began(started.download().target());
        case TransferEvent.Retrying again -> mark(again.download().target(), true);
        case TransferEvent.Answered answered -> mark(answered.download().target(), false);
        case TransferEvent.FileEnded ended -> ended(ended.download().target(), ended.outcome());
        case TransferEvent.HoldBegan ignored -> holdsChanged.accept(JobRun.this);
        case TransferEvent.HoldEnded ignored -> holdsChanged.accept(JobRun.this);
        default -> {}
      }
    }
  }

  private Optional<Long> row(TargetName target) {
    return feed.flatMap(rows -> rows.row(target));
  }

  private void mark(TargetName target, boolean waits) {
    row(target)
        .ifPresent(
            number -> {
              if (waits) {
                retrying.add(number);
              } else {
                retrying.remove(number);
              }
            });
  }

  private void began(TargetName target) {
    row(target)
        .ifPresent(
            number -> {
              begun.put(number, target);
              if (unwanted.contains(number)) {
                control().ifPresent(control -> control.cancel(target));
              }
            });
  }

  private void ended(TargetName target, Outcome outcome) {
    Optional<Long> number = row(target);
    if (number.isEmpty()) {
      return;
    }
    long row = number.get();
    begun.remove(row);
    retrying.remove(row);
    keep(row, outcome);
    switch (outcome) {
      case Outcome.Completed file ->
          store(row, FileState.COMPLETED, file.size(), outcome, proof(file.proof()));
      case Outcome.Skipped file ->
          store(row, skipped(target), file.size(), outcome, proof(file.proof()));
      case Outcome.Failed failed -> failed(row, target, failed);
      case Outcome.Cancelled ignored -> letGo(row, target);
    }
  }

  /**
   * A file that got its name since the job first started is the work of an earlier run, which was
   * killed before it could say so.
   */
  private FileState skipped(TargetName target) {
    boolean isOurs =
        job.started()
            .filter(
                started ->
                    folder
                        .flatMap(path -> Disk.named(path.resolve(target.value())))
                        .filter(named -> !named.isBefore(started))
                        .isPresent())
            .isPresent();
    return isOurs ? FileState.COMPLETED : FileState.SKIPPED;
  }

  private void keep(long row, Outcome outcome) {
    boolean complete = outcome instanceof Outcome.Completed || outcome instanceof Outcome.Skipped;
    long bytes = outcome.effort().downloaded() + outcome.effort().resumed();
    if (complete) {
      unfinished.remove(row);
    } else if (bytes > 0) {
      unfinished.put(row, bytes);
    }
  }

  private static Optional<String> proof(Proof proof) {
    return Optional.of(proof.name().toLowerCase(Locale.ROOT));
  }

  private void failed(long row, TargetName target, Outcome.Failed failed) {
    if (failed.failure() instanceof Failure.Disk disk && disk.full()) {
      diskFull = true; // the row is fetched when there is room
      letGo(row, target);
      return;
    }
    store(row, FileState.FAILED, 0, failed, Optional.empty());
  }

  private void store(
      long row, FileState state, long size, Outcome outcome, Optional<String> proof) {
    Optional<Failure> failure =
        outcome instanceof Outcome.Failed failed ? Optional.of(failed.failure()) : Optional.empty();
    outcomes.add(
        new OutcomeWriter.Ended(
            job.id(),
            row,
            state,
            size,
            outcome.effort().attempts(),
            failure.map(FailureCode::of),
            failure.map(Failure::shown),
            proof,
            Instant.now()));
  }

  /** The run is over with a row that has not ended: the user wants it later, or not at all. */
  private void letGo(long row, TargetName target) {
    unwanted.remove(row);
    feed.ifPresent(rows -> rows.forget(target));
    if (stopping.isEmpty() && !diskFull) {
      Thread.ofVirtual().name("job-row").start(() -> takeAgain(row));
    }
  }

  /** The user may have changed the mind while the engine let the file go. */
  private void takeAgain(long row) {
    Optional<FileRow> now = database.read(sql -> FileTable.find(sql, job.id(), row));
    if (now.filter(each -> each.state() == FileState.PENDING).isPresent()) {
      feed.flatMap(rows -> rows.take(now.get())).ifPresent(file -> add(List.of(file)));
    }
  }

  /** The outcome of these rows is in the database. */
  void stored(List<Long> rows) {
    feed.ifPresent(each -> each.forgetRows(rows));
  }

  private void add(List<Download> files) {
    boolean taken = control().map(control -> control.add(files)).orElse(false);
    if (!taken) {
      feed.ifPresent(rows -> files.forEach(file -> rows.forget(file.target())));
    }
  }

  private Optional<RunControl> control() {
    return session.map(Session::control);
  }

  /** Looks at the database again: the user has changed rows. */
  void rowsChanged() {
    if (feed.isEmpty() || session.isEmpty()) {
      return;
    }
    Collection<Long> given = feed.get().given();
    List<FileRow> rows = database.read(sql -> FileTable.findAll(sql, job.id(), given));
    for (FileRow row : rows) {
      if (row.state() == FileState.HELD || row.state() == FileState.CANCELLED) {
        unwanted.add(row.row());
        Optional.ofNullable(begun.get(row.row()))
            .ifPresent(target -> control().ifPresent(control -> control.cancel(target)));
      } else {
        unwanted.remove(row.row());
      }
    }
    feed.get().rewind();
    List<Download> more = feed.get().take(MOST_ADDED);
    if (!more.isEmpty()) {
      add(more);
    }
  }

  /** Ends the run soon. What is written stays, and the next run goes on from there. */
  void stop(StopReason reason) {
    stopping = stopping.or(() -> Optional.of(reason));
    feed.ifPresent(RowFeed::end);
    control().ifPresent(RunControl::stop);
  }

  Optional<StopReason> stopping() {
    return stopping;
  }

  void limit(RunLimits wanted) {
    limits = Optional.of(wanted);
    control().ifPresent(wanted::apply);
  }

  /** Sets what the run's bytes are taken from; empty for no bound. */
  void allow(Optional<ByteAllowance> bytes) {
    allowance = bytes;
    control().ifPresent(control -> control.allow(bytes));
  }

  Optional<Hold> hold() {
    return control().flatMap(control -> control.holds().stream().findFirst());
  }

  /** Pauses or resumes a host. Returns whether that changed something. */
  boolean host(String name, boolean pause) {
    return control()
        .map(control -> pause ? control.pauseHost(name) : control.resumeHost(name))
        .orElse(false);
  }

  /** Returns the state of the run now, or a fifth of a second ago. */
  LiveSample sample() {
    sampling.lock();
    try {
      long now = System.nanoTime();
      LiveSample last = samples.peekLast();
      if (last != null && now - last.nanos() < NEW_SAMPLE_NANOS) {
        return last;
      }
      while (samples.size() > 1 && now - samples.peekFirst().nanos() > RATE_NANOS) {
        samples.removeFirst();
      }
      RunProgress progress = session.map(Session::progress).orElse(RunProgress.NOTHING_YET);
      LiveSample next = LiveSample.of(now, progress, Optional.ofNullable(samples.peekFirst()));
      samples.addLast(next);
      return next;
    } finally {
      sampling.unlock();
    }
  }

  Optional<TargetName> target(long row) {
    return Optional.ofNullable(begun.get(row));
  }

  Optional<Long> rowOf(TargetName target) {
    return row(target);
  }

  boolean isRetrying(long row) {
    return retrying.contains(row);
  }

  @Override
  public Collection<Long> rows(FileState state) {
    Collection<Long> waiting = Set.copyOf(retrying);
    return state == FileState.RETRYING
        ? waiting
        : begun.keySet().stream().filter(row -> !waiting.contains(row)).toList();
  }

  @Override
  public Collection<Long> rows() {
    return Set.copyOf(begun.keySet());
  }
}
