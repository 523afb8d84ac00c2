package dev.bulkdl.serve.job;

import dev.bulkdl.serve.job.FileTable.Condition;
import dev.bulkdl.serve.job.JobTable.Change;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what a user wants with rows, some thousands in a transaction, so that other changes come
 * between. A kill keeps the slices that are done; the caller got no answer, and the same order
 * again does the rest. Thread-safe.
 */
final class RowBatches {

  static final int SLICE = 2000;

  private final Database database;
  private final Runner runner;
  private final InstantSource clock;
  private final Consumer<JobChanged> changed;

  /**
   * @param changed is called after each slice that has changed something
   */
  RowBatches(Database database, Runner runner, InstantSource clock, Consumer<JobChanged> changed) {
    this.database = database;
    this.runner = runner;
    this.clock = clock;
    this.changed = changed;
  }

  /** Returns empty if there is no such job, or if it is deleted meanwhile. */
  Optional<BatchResult> act(String id, FileSelection rows, FileAction action) {
    Progress progress = new Progress(id);
    try {
      boolean there =
          switch (action) {
            case FIRST -> move(progress, rows, true);
            case LAST -> move(progress, rows, false);
            case HOLD, RELEASE, RETRY, CANCEL -> change(progress, rows, action);
          };
      return there
          ? Optional.of(new BatchResult(progress.matched, progress.changed))
          : Optional.empty();
    } finally {
      if (progress.changed > 0) {
        runner.live(id).ifPresent(JobRun::rowsChanged);
        changed.accept(new JobChanged.Files(id, List.of()));
        changed.accept(new JobChanged.State(id));
        runner.wake();
      }
    }
  }

  /** What the slices have done so far. Only the caller's thread uses it. */
  private final class Progress {
    private final String id;
    private long matched;
    private long changed;

    Progress(String id) {
      this.id = id;
    }

    void add(BatchResult slice) {
      matched += slice.matched();
      changed += slice.changed();
      if (slice.changed() > 0) {
        RowBatches.this.changed.accept(new JobChanged.Counts(id));
      }
    }
  }

  private Condition condition(JobRow job, FileSelection rows) {
    return switch (rows) {
      case FileSelection.Rows these -> FileTable.among(FileTable.all(job.id()), these.rows());
      case FileSelection.Matching all ->
          FileTable.condition(
              job.id(),
              all.filter(),
              JobViews.inWork(runner.live(job.id())),
              job.state() == JobState.CANCELLED);
    };
  }

  private boolean change(Progress progress, FileSelection rows, FileAction action) {
    long behind = 0;
    while (true) {
      List<Long> slice = next(progress.id, rows, behind);
      Optional<BatchResult> did =
          database.write(sql -> change(sql, progress.id, rows, slice, action));
      if (did.isEmpty()) {
        return false;
      }
      progress.add(did.get());
      if (slice.size() < SLICE) {
        return true;
      }
      behind = slice.getLast();
    }
  }

  /** Returns the next rows that match. They are looked for beside other changes. */
  private List<Long> next(String id, FileSelection rows, long behind) {
    return database.read(
        sql -> {
          Optional<JobRow> job = JobTable.find(sql, id);
          return job.isEmpty()
              ? List.of()
              : FileTable.numbers(
                  sql,
                  condition(job.get(), rows).and("row_no > ?", behind),
                  FileOrder.ROW,
                  Optional.empty(),
                  SLICE);
        });
  }

  private Optional<BatchResult> change(
      Sql sql, String id, FileSelection rows, List<Long> slice, FileAction action)
      throws SQLException {
    Optional<JobRow> job = JobTable.find(sql, id);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    // Some may match no more.
    Condition which = FileTable.among(condition(job.get(), rows), slice);
    BatchResult did = FileChanges.act(sql, id, which, action);
    if (did.changed() > 0 && isTakenUp(job.get(), action)) {
      JobTable.set(sql, job.get(), Change.to(JobState.QUEUED), clock.instant());
    }
    return Optional.of(did);
  }

  /** A job that has ended goes on when there are rows to fetch again. */
  private static boolean isTakenUp(JobRow job, FileAction action) {
    boolean fetches = action == FileAction.RETRY || action == FileAction.RELEASE;
    boolean held =
        job.state() == JobState.PAUSED && job.reason().filter("held"::equals).isPresent();
    boolean ended = job.state() == JobState.DONE || job.state() == JobState.DONE_WITH_FAILURES;
    return fetches && (ended || held);
  }

  /**
   * Rows that change their places.
   *
   * @param behind the position after which the first one comes
   */
  private record Moved(long matched, List<Long> inOrder, long behind) {}

  private boolean move(Progress progress, FileSelection rows, boolean first) {
    Optional<Moved> found = database.read(sql -> moved(sql, progress.id, rows, first));
    if (found.isEmpty()) {
      return false;
    }
    Moved moved = found.get();
    progress.matched = moved.matched;
    for (int from = 0; from < moved.inOrder.size(); from += SLICE) {
      List<Long> slice = moved.inOrder.subList(from, Math.min(from + SLICE, moved.inOrder.size()));
      long behind = moved.behind + from;
      int did = database.write(sql -> FileChanges.place(sql, progress.id, slice, behind));
      progress.add(new BatchResult(0, did));
    }
    return true;
  }

  private Optional<Moved> moved(Sql sql, String id, FileSelection rows, boolean first)
      throws SQLException {
    Optional<JobRow> job = JobTable.find(sql, id);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Condition which = condition(job.get(), rows);
    List<Long> inOrder = FileChanges.openInOrder(sql, which);
    long behind =
        first
            ? FileChanges.leastPosition(sql, id) - inOrder.size() - 1
            : FileChanges.greatestPosition(sql, id);
    return Optional.of(new Moved(FileTable.count(sql, which), inOrder, behind));
  }
}
