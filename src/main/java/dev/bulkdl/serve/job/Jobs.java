package dev.bulkdl.serve.job;

import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.FailedRows;
import dev.bulkdl.serve.job.FileTable.Condition;
import dev.bulkdl.serve.job.FileTable.FileRow;
import dev.bulkdl.serve.job.JobTable.Change;
import dev.bulkdl.serve.store.DailyBackup;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everything about jobs. What a call has answered is on disk. Methods return empty if there is no
 * such job; whether the caller may see it is for the caller to decide. Thread-safe.
 */
public final class Jobs implements AutoCloseable {

  private final Database database;
  private final TransferEngine engine;
  private final JobFolders folders;
  private final UserFolders userFolders;
  private final JobStoring storing;
  private final AddedRows addedRows;
  private final JobRemoval removal;
  private final Runner runner;
  private final RowBatches batches;
  private final NameOrders nameOrders;
  private final DaemonLimits limits;
  private final Overviews overviews;
  private final DailyBackup backup;
  private final InstantSource clock;
  private volatile Optional<String> backupFailure = Optional.empty();
  private final List<Consumer<JobChanged>> listeners = new CopyOnWriteArrayList<>();

  private Jobs(Database database, JobSettings settings, InstantSource clock) throws IOException {
    this.database = database;
    this.clock = clock;
    this.folders = new JobFolders(settings.stateDir());
    this.userFolders = new UserFolders(settings.stateDir());
    Uploads uploads = new Uploads(settings.mostManifestBytes(), settings.mostRows());
    this.storing = new JobStoring(database, folders, userFolders, uploads, clock);
    this.addedRows = new AddedRows(database, folders, uploads);
    this.removal = new JobRemoval(database, folders, userFolders);
    this.engine = TransferEngine.start(settings.engine());
    this.runner = new Runner(settings, database, engine, clock, this::tell);
    this.nameOrders = new NameOrders(database);
    this.batches = new RowBatches(database, runner, clock, this::tell);
    this.limits = new DaemonLimits(database, engine, settings, runner);
    this.overviews = new Overviews(database, runner, clock);
    this.backup = DailyBackup.start(database, clock, why -> backupFailure = Optional.of(why));
  }

  /**
   * Opens the jobs of a database. Those that were running go on; what was half stored or half
   * deleted is removed.
   *
   * @throws IOException when the certificates of the settings cannot be read
   */
  public static Jobs open(Database database, JobSettings settings) throws IOException {
    Files.createDirectories(new JobFolders(settings.stateDir()).all());
    Jobs jobs = new Jobs(database, settings, InstantSource.system());
    jobs.database.write(Jobs::takeUp);
    jobs.limits.load();
    JobRemoval.inBackground(jobs.removal::finishAll);
    jobs.overviews.start();
    jobs.runner.start();
    return jobs;
  }

  /** The states that need a run are those of jobs that wait for one. */
  private static boolean takeUp(Sql sql) throws SQLException {
    sql.update("UPDATE jobs SET state = 'paused' WHERE state = 'pausing'");
    sql.update(
        "UPDATE jobs SET state = 'queued', reason = NULL, until = NULL, hint = NULL"
            + " WHERE state IN ('running', 'waiting')");
    return true;
  }

  private void tell(JobChanged change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  /** Calls the listener on each change, on the thread that makes it; it returns soon. */
  public void onChange(Consumer<JobChanged> listener) {
    listeners.add(listener);
  }

  /**
   * Stores a job.
   *
   * @throws InvalidJobException when its options, its size or the quota do not allow it
   */
  public AddResult add(NewJob job, ManifestUpload upload) {
    return switch (storing.add(job, upload)) {
      case JobStoring.Stored.Rejected no -> new AddResult.Rejected(no.errors(), no.total());
      case JobStoring.Stored.Done done -> {
        changed(done.id());
        yield new AddResult.Added(find(done.id()).orElseThrow());
      }
    };
  }

  /** Reads a manifest and says what it holds. Nothing is stored. */
  public CheckResult check(ManifestUpload upload) {
    return storing.check(upload);
  }

  private void changed(String id) {
    tell(new JobChanged.State(id));
    runner.wake();
  }

  public Optional<Job> find(String id) {
    return database.read(sql -> view(sql, JobTable.find(sql, id)));
  }

  private Optional<Job> view(Sql sql, Optional<JobRow> row) throws SQLException {
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(JobViews.job(sql, row.get(), runner.live(row.get().id())));
  }

  /** Lists jobs in the order of the queue. */
  public Page<Job> list(JobFilter filter, Optional<String> cursor, int limit) {
    return list(filter, JobOrder.QUEUE, cursor, limit);
  }

  /**
   * Lists jobs.
   *
   * @param cursor what the page before has returned as next
   * @throws InvalidJobException when the cursor or the limit is wrong
   */
  public Page<Job> list(JobFilter filter, JobOrder order, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    int most = Page.checked(limit);
    return database.read(
        sql -> {
          List<JobTable.Keyed> found = JobTable.list(sql, filter, order, after, most + 1);
          List<JobTable.Keyed> shown = found.subList(0, Math.min(most, found.size()));
          List<Job> jobs = new ArrayList<>();
          for (JobTable.Keyed each : shown) {
            jobs.add(JobViews.job(sql, each.row(), runner.live(each.row().id())));
          }
          Optional<String> next =
              found.size() > most ? Optional.of(shown.getLast().cursor().text()) : Optional.empty();
          return new Page<>(jobs, next, JobTable.count(sql, filter));
        });
  }

  /** Changes what the user can change. */
  public Optional<Job> change(String id, JobChange change) {
    return change(id, change, any -> {});
  }

  /**
   * Changes what the user can change.
   *
   * @param check sees the job before, in the same transaction, and throws to refuse the change
   */
  public Optional<Job> change(String id, JobChange change, Consumer<Job> check) {
    boolean found =
        database.write(
            sql -> {
              view(sql, JobTable.find(sql, id)).ifPresent(check);
              return sql.update(
                      "UPDATE jobs SET name = ifnull(?, name), note = ifnull(?, note),"
                          + " priority = ifnull(?, priority), limits = ifnull(?, limits),"
                          + " schedule = ifnull(?, schedule) WHERE id = ?"
                          + " AND state NOT IN ('storing', 'deleting')",
                      change.name(),
                      change.note(),
                      change.priority().isPresent()
                          ? Optional.of(change.priority().getAsInt())
                          : Optional.empty(),
                      change.limits().map(JobJson::write),
                      change.schedule().map(JobJson::write),
                      id)
                  > 0;
            });
    if (found) {
      runner.limitRuns();
      changed(id);
    }
    return find(id);
  }

  /** Acts on a job. The database knows before the engine does. */
  public Optional<Job> act(String id, JobAction action) {
    if (action == JobAction.RETRY) {
      act(id, new FileSelection.Matching(FileFilter.of(FileState.FAILED)), FileAction.RETRY);
    }
    boolean did =
        database.write(
            sql -> {
              Optional<JobRow> job = JobTable.find(sql, id);
              return job.isPresent() && act(sql, job.get(), action);
            });
    if (did) {
      if (action == JobAction.PAUSE || action == JobAction.CANCEL) {
        runner.stop(id);
      }
      changed(id);
    }
    return find(id);
  }

  private boolean act(Sql sql, JobRow job, JobAction action) throws SQLException {
    Instant now = clock.instant();
    JobState state = job.state();
    return switch (action) {
      case PAUSE ->
          !state.hasEnded()
              && state != JobState.PAUSED
              && JobTable.set(
                  sql,
                  job,
                  Change.to(runner.live(job.id()).isPresent() ? JobState.PAUSING : JobState.PAUSED),
                  now);
      case CANCEL ->
          !state.hasEnded() && JobTable.set(sql, job, Change.to(JobState.CANCELLED), now);
      case RESUME ->
          (state == JobState.PAUSED || state == JobState.PAUSING)
              && JobTable.set(sql, job, Change.to(JobState.QUEUED), now);
      case START -> start(sql, job, now);
      case RETRY ->
          state == JobState.CANCELLED && JobTable.set(sql, job, Change.to(JobState.QUEUED), now);
    };
  }

  private static boolean start(Sql sql, JobRow job, Instant now) throws SQLException {
    if (job.state().hasEnded() || job.state() == JobState.RUNNING) {
      return false;
    }
    JobSchedule at = job.schedule();
    if (at.startAt().filter(now::isBefore).isPresent()) {
      JobSchedule rest = new JobSchedule(Optional.empty(), at.windows(), at.zone());
      sql.update("UPDATE jobs SET schedule = ? WHERE id = ?", JobJson.write(rest), job.id());
    }
    return JobTable.set(sql, job, Change.to(JobState.QUEUED), now);
  }

  /** Puts a job at another place of the queue. Returns false if there is no such job. */
  public boolean move(String id, Move where) {
    boolean found =
        database.write(
            sql -> {
              boolean exists = JobTable.find(sql, id).isPresent();
              if (exists) {
                JobTable.move(sql, id, where);
              }
              return exists;
            });
    if (found) {
      changed(id);
    }
    return found;
  }

  /** Deletes a job. It is gone when this returns; its rows and files go in the background. */
  public boolean delete(String id, Deletion what) {
    boolean found =
        database.write(
            sql -> {
              Optional<JobRow> job = JobTable.find(sql, id);
              if (job.isEmpty()) {
                return false;
              }
              if (what != Deletion.ALL) {
                JobTable.Counts counts = JobTable.counts(sql, id);
                Quotas.keep(sql, job.get().owner(), counts.bytes(), counts.of(FileState.COMPLETED));
              }
              sql.update(
                  "UPDATE jobs SET state = 'deleting', reason = ? WHERE id = ?",
                  what.name().toLowerCase(Locale.ROOT),
                  id);
              return true;
            });
    if (found) {
      tell(new JobChanged.Removed(id));
      JobRemoval.inBackground(
          () -> {
            runner.stopAndWait(id);
            removal.finish(id);
          });
    }
    return found;
  }

  /**
   * Lists rows of a job behind a cursor.
   *
   * @throws InvalidJobException when the cursor or the limit is wrong
   */
  public Optional<Page<JobFile>> files(
      String id, FileFilter filter, FileOrder order, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    return files(id, filter, order, Page.checked(limit), after, 0);
  }

  /** Lists rows of a job behind the first {@code at} ones. */
  public Optional<Page<JobFile>> filesAt(
      String id, FileFilter filter, FileOrder order, long at, int limit) {
    if (at < 0) {
      throw new InvalidJobException("at", "must not be below 0");
    }
    return files(id, filter, order, Page.checked(limit), Optional.empty(), at);
  }

  private Optional<Page<JobFile>> files(
      String id, FileFilter filter, FileOrder order, int limit, Optional<Cursor> after, long at) {
    Optional<JobRun> run = runner.live(id);
    Optional<List<Long>> byName = byName(id, filter, order, at, limit + 1);
    return database.read(
        sql -> {
          Optional<JobRow> job = JobTable.find(sql, id);
          if (job.isEmpty()) {
            return Optional.empty();
          }
          boolean cancelled = job.get().state() == JobState.CANCELLED;
          FileTable.InWork live = JobViews.inWork(run);
          Condition which = FileTable.condition(id, filter, live, cancelled);
          List<Long> numbers =
              byName.isPresent()
                  ? byName.get()
                  : FilePages.numbers(sql, which, filter, order, after, at, limit + 1);
          List<FileRow> found = FileTable.inOrder(sql, id, numbers);
          List<FileRow> shown = found.subList(0, Math.min(limit, found.size()));
          Optional<String> next =
              found.size() > limit
                  ? Optional.of(FileTable.cursor(shown.getLast(), order).text())
                  : Optional.empty();
          long total = FilePages.total(sql, job.get(), which, filter, live);
          return Optional.of(new Page<>(read(shown, job.get(), run), next, total));
        });
  }

  /** Returns the rows of a jump into the list of a whole job that is sorted by name. */
  private Optional<List<Long>> byName(
      String id, FileFilter filter, FileOrder order, long at, int most) {
    boolean sorted = order == FileOrder.NAME || order == FileOrder.NAME_DESCENDING;
    return sorted && at > 0 && filter.equals(FileFilter.ALL)
        ? database
            .read(sql -> JobTable.find(sql, id))
            .map(job -> nameOrders.numbers(job, order == FileOrder.NAME_DESCENDING, at, most))
        : Optional.empty();
  }

  private List<JobFile> read(List<FileRow> rows, JobRow job, Optional<JobRun> run) {
    try {
      return JobViews.files(rows, job, folders, run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<JobFile> file(String id, long row) {
    Optional<JobRun> run = runner.live(id);
    return database.read(
        sql -> {
          Optional<JobRow> job = JobTable.find(sql, id);
          Optional<FileRow> found = job.isEmpty() ? Optional.empty() : FileTable.find(sql, id, row);
          return found.map(each -> read(List.of(each), job.orElseThrow(), run).getFirst());
        });
  }

  /**
   * Acts on rows: on these, or on all that match. Many rows take several transactions. All are on
   * disk when this returns; when it does not, the same order again does the rest.
   */
  public Optional<BatchResult> act(String id, FileSelection rows, FileAction action) {
    return batches.act(id, rows, action);
  }

  /**
   * Adds files to a job.
   *
   * @throws InvalidJobException when the job was cancelled, or the quota does not allow it
   */
  public Optional<AddResult> addFiles(String id, ManifestUpload upload) {
    Optional<AddedRows.Result> result = addedRows.add(id, upload, clock.instant());
    return result.map(
        added ->
            switch (added) {
              case AddedRows.Result.Rejected no -> new AddResult.Rejected(no.errors(), no.total());
              case AddedRows.Result.Done ignored -> {
                runner.live(id).ifPresent(JobRun::rowsChanged);
                tell(new JobChanged.Counts(id));
                tell(new JobChanged.Files(id, List.of()));
                changed(id);
                yield new AddResult.Added(find(id).orElseThrow());
              }
            });
  }

  /** Returns the open connections of a job; none if it does not run. */
  public List<Connection> connections(String id) {
    return runner.live(id).map(JobViews::connections).orElse(List.of());
  }

  /** Returns the hosts of a running job. */
  public List<Host> hosts(String id) {
    return runner.live(id).map(JobViews::hosts).orElse(List.of());
  }

  /**
   * Pauses a host of a running job, or lets it go on.
   *
   * @return whether that changed something
   * @throws InvalidJobException when this is no name of a host
   */
  public boolean host(String id, String host, boolean pause) {
    try {
      return runner.live(id).map(run -> run.host(host, pause)).orElse(false);
    } catch (IllegalArgumentException e) {
      throw new InvalidJobException("host", String.valueOf(e.getMessage()));
    }
  }

  /** Returns the failed rows of a job in groups, the largest first. */
  public List<FailureGroup> failures(String id) {
    return database.read(sql -> FilePages.failures(sql, id));
  }

  /** Returns a document of a job. It may be another file the next time. */
  public Optional<Path> artifact(String id, Artifact artifact) {
    if (find(id).isEmpty()) {
      return Optional.empty();
    }
    if (artifact == Artifact.FAILED) {
      writeFailed(id);
    }
    return Optional.of(folders.artifact(id, artifact)).filter(Files::isRegularFile);
  }

  private void writeFailed(String id) {
    Path file = folders.artifact(id, Artifact.FAILED);
    try (RowFile.Reader rows = RowFile.Reader.open(folders.rows(id));
        FailedRows out = FailedRows.create(file, rows.header())) {
      Optional<Cursor> after = Optional.empty();
      List<FileRow> page;
      do {
        Optional<Cursor> from = after;
        page =
            database.read(
                sql ->
                    FileTable.inOrder(
                        sql,
                        id,
                        FileTable.numbers(
                            sql,
                            FileTable.all(id).and("state = 'failed'"),
                            FileOrder.ROW,
                            from,
                            Page.MOST)));
        for (FileRow row : page) {
          if (rows.get(row.offset()) instanceof ManifestRow.Good good) {
            out.add(good.columns());
          }
        }
        after =
            page.isEmpty()
                ? Optional.empty()
                : Optional.of(FileTable.cursor(page.getLast(), FileOrder.ROW));
      } while (!page.isEmpty());
      out.publish(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the finished file of a row, inside the folder of its user. */
  public Optional<Path> content(String id, long row) {
    Optional<JobRow> job = database.read(sql -> JobTable.find(sql, id));
    Optional<FileRow> found =
        job.flatMap(each -> database.read(sql -> FileTable.find(sql, id, row)));
    boolean there =
        found
            .filter(
                file -> file.state() == FileState.COMPLETED || file.state() == FileState.SKIPPED)
            .isPresent();
    if (!there) {
      return Optional.empty();
    }
    Path folder = userFolders.resolve(job.get().root(), job.get().folder());
    Path file = folder.resolve(TargetName.of(found.get().name()).value());
    try {
      boolean inside =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && file.toRealPath().startsWith(folder.toRealPath());
      return inside ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the limits of all jobs together. */
  public JobLimits limits() {
    return limits.get();
  }

  /** Sets the limits of all jobs together, effective at once. */
  public void limits(JobLimits all) {
    limits(all, any -> {});
  }

  /**
   * Sets the limits of all jobs together, effective at once.
   *
   * @param check sees what held until now, and throws to refuse the change
   */
  public void limits(JobLimits all, Consumer<JobLimits> check) {
    limits.set(all, check);
  }

  /** Returns the rates of all jobs together by the time of the week. */
  public Timetable timetable() {
    return limits.timetable();
  }

  /**
   * Sets the timetable, effective at once.
   *
   * @param check sees what held until now, and throws to refuse the change
   */
  public void timetable(Timetable timetable, Consumer<Timetable> check) {
    limits.set(timetable, check);
  }

  /** Applies what has changed in a user's quota. */
  public void quotaChanged() {
    runner.limitRuns();
    runner.wake();
  }

  /** Returns what a user has. */
  public Usage used(String user) {
    return database.read(sql -> Quotas.used(sql, user));
  }

  /** Returns all jobs at this moment; with an owner, those of one user only. */
  public Overview overview(Optional<String> owner) {
    return overviews.now(owner);
  }

  /** Never fetches from this port of this machine, where the daemon itself listens. */
  public void ownListener(int port) {
    engine.forbidOwn(port);
  }

  /** Starts no more jobs. Those that run go on. */
  public void drain() {
    runner.drain();
  }

  /** Returns why the newest backup of the database could not be made, if so. */
  public Optional<String> backupFailure() {
    return backupFailure;
  }

  /** Whether no job runs. */
  public boolean isIdle() {
    return runner.live().isEmpty();
  }

  /** Stops all runs and saves what they have done. The next start goes on from there. */
  @Override
  public void close() {
    backup.close();
    overviews.close();
    runner.close();
    engine.close();
  }
}
