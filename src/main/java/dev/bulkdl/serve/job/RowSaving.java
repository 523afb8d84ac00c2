package dev.bulkdl.serve.job;

import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stores the rows of a new job, some thousands in a transaction, so that other changes come
 * between. Nobody sees the job before all are stored. Not thread-safe.
 */
final class RowSaving {

  private static final int BATCH = 10_000;

  /** Keeps the rows of each priority of the manifest together, higher ones first. */
  private static final long ROWS_OF_A_PRIORITY = 10_000_000;

  private final Database database;
  private final String job;
  private final List<Row> batch = new ArrayList<>(BATCH);
  private CompletableFuture<Integer> written = CompletableFuture.completedFuture(0);
  private long rows;

  private record Row(
      long number, long pos, OptionalLong size, String name, String host, long offset) {}

  RowSaving(Database database, String job) {
    this.database = database;
    this.job = job;
  }

  /** Adds the next row, which is at this place of the job's file of rows. */
  void add(ManifestRow.Good row, long offset) {
    Download download = row.download();
    rows++;
    batch.add(
        new Row(
            rows,
            position(rows, download.priority()),
            download.size(),
            download.target().value(),
            download.origin().host(),
            offset));
    if (batch.size() == BATCH) {
      write();
    }
  }

  static long position(long row, int priority) {
    return row - priority * ROWS_OF_A_PRIORITY;
  }

  /** Stores what is left, and returns the number of all rows. */
  long finish() {
    write();
    awaitWritten();
    return rows;
  }

  /** The next rows are read while these are stored. */
  private void write() {
    List<Row> all = List.copyOf(batch);
    batch.clear();
    awaitWritten();
    CompletableFuture<Integer> done = new CompletableFuture<>();
    written = done;
    Thread.ofVirtual()
        .name("job-rows")
        .start(
            () -> {
              try {
                done.complete(database.write(sql -> insert(sql, all)));
              } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            });
  }

  private void awaitWritten() {
    try {
      written.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private int insert(Sql sql, List<Row> all) throws SQLException {
    for (Row row : all) {
      insert(sql, job, row);
    }
    JobTable.addCount(sql, job, FileState.PENDING.label(), all.size(), 0);
    return all.size();
  }

  private static void insert(Sql sql, String job, Row row) throws SQLException {
    sql.update(
        "INSERT INTO files (job, row_no, state, pos, size, name, host, offset)"
            + " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?)",
        job,
        row.number(),
        row.pos(),
        row.size().isPresent() ? Optional.of(row.size().getAsLong()) : Optional.empty(),
        row.name(),
        row.host(),
        row.offset());
  }

  /** Stores one more row of a job, inside the caller's transaction. */
  static void insert(Sql sql, String job, long number, ManifestRow.Good row, long offset)
      throws SQLException {
    Download download = row.download();
    insert(
        sql,
        job,
        new Row(
            number,
            position(number, download.priority()),
            download.size(),
            download.target().value(),
            download.origin().host(),
            offset));
  }
}
