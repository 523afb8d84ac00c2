package dev.bulkdl.serve.job;

import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.serve.job.JobTable.Change;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.user.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Adds rows to jobs that are there. Thread-safe. */
final class AddedRows {

  private static final int MOST = 10_000;
  private static final int MOST_ERRORS = 100;

  private final Database database;
  private final JobFolders folders;
  private final Uploads uploads;

  /** One file of rows is written by one thread at a time. */
  private final ReentrantLock lock = new ReentrantLock();

  AddedRows(Database database, JobFolders folders, Uploads uploads) {
    this.database = database;
    this.folders = folders;
    this.uploads = uploads;
  }

  /** What came of it. */
  sealed interface Result {
    record Done(long rows) implements Result {}

    record Rejected(List<RowError> errors, long total) implements Result {}
  }

  private record Placed(ManifestRow.Good row, long offset) {}

  Optional<Result> add(String id, ManifestUpload upload, Instant now) {
    if (database.read(sql -> JobTable.find(sql, id)).isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      Path copy = Files.createTempFile(folders.of(id), "added-", null);
      try {
        uploads.save(upload, copy);
        return Optional.of(add(id, copy, now));
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private Result add(String id, Path copy, Instant now) throws IOException {
    try (Uploads.Read read = uploads.read(copy, folders.of(id))) {
      if (read.check().errorCount() > 0 || !read.check().usable()) {
        return new Result.Rejected(read.errors(), read.check().errorCount());
      }
      if (read.check().rowCount() > MOST) {
        throw new InvalidJobException(
            "urls", "are more than " + MOST + "; make a job of their own for them");
      }
      List<Placed> placed = place(id, read);
      return database.write(sql -> store(sql, id, placed, now));
    } catch (ManifestException e) {
      return new Result.Rejected(List.of(RowError.of(e.error())), 1);
    }
  }

  private List<Placed> place(String id, Uploads.Read read) throws IOException {
    List<Placed> placed = new ArrayList<>();
    try (RowFile.Writer file = RowFile.Writer.append(folders.rows(id));
        ManifestRows rows = read.check().rows()) {
      while (rows.hasNext()) {
        if (rows.next() instanceof ManifestRow.Good good) {
          long offset =
              file.add(
                  good.line(),
                  good.download().target().value(),
                  good.download().source().toString());
          placed.add(new Placed(good, offset));
        }
      }
      file.force();
    }
    return placed;
  }

  private static Result store(Sql sql, String id, List<Placed> placed, Instant now)
      throws SQLException {
    JobRow job =
        JobTable.find(sql, id)
            .filter(each -> each.state() != JobState.CANCELLED)
            .orElseThrow(
                () -> new InvalidJobException("", "the job was cancelled; make a new one"));
    List<RowError> taken = taken(sql, id, placed);
    if (!taken.isEmpty()) {
      return new Result.Rejected(taken, taken.size());
    }
    User user = Quotas.owner(sql, job.owner());
    long bytes = placed.stream().mapToLong(each -> each.row.download().size().orElse(0)).sum();
    Quotas.checkRoom(user.quota(), Quotas.used(sql, job.owner()), placed.size(), bytes);
    long number = job.rows();
    for (Placed each : placed) {
      number++;
      RowSaving.insert(sql, id, number, each.row, each.offset);
    }
    sql.update("UPDATE jobs SET rows = ?, bytes = bytes + ? WHERE id = ?", number, bytes, id);
    JobTable.addCount(sql, id, FileState.PENDING.label(), placed.size(), 0);
    if (job.state().hasEnded()) {
      JobTable.set(sql, job, Change.to(JobState.QUEUED), now);
    }
    return new Result.Done(placed.size());
  }

  private static List<RowError> taken(Sql sql, String id, List<Placed> placed) throws SQLException {
    List<String> names = placed.stream().map(each -> each.row.download().target().value()).toList();
    Set<String> known =
        new HashSet<>(
            sql.list(
                "SELECT name FROM files WHERE job = ? AND name IN (SELECT value FROM json_each(?))",
                row -> row.getString(1),
                id,
                JobJson.write(names)));
    return placed.stream()
        .filter(each -> known.contains(each.row.download().target().value()))
        .limit(MOST_ERRORS)
        .map(
            each ->
                new RowError(
                    each.row.line(),
                    0,
                    "the job has a file of the name " + each.row.download().target() + " already"))
        .toList();
  }
}
