package dev.bulkdl.serve.job;

import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.manifest.RowFile;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.user.Secrets;
import dev.bulkdl.serve.user.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores new jobs: the upload goes to a file, is checked, and its rows go to the database. The last
 * transaction makes the job visible; what a kill leaves before it is removed at the next start.
 */
final class JobStoring {

  private static final int MOST_HOSTS = 50;
  private static final String UNNAMED = "job";

  private final Database database;
  private final JobFolders folders;
  private final UserFolders userFolders;
  private final Uploads uploads;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();

  JobStoring(
      Database database,
      JobFolders folders,
      UserFolders userFolders,
      Uploads uploads,
      InstantSource clock) {
    this.database = database;
    this.folders = folders;
    this.userFolders = userFolders;
    this.uploads = uploads;
    this.clock = clock;
  }

  /** The id of a stored job, or the errors of its manifest. */
  sealed interface Stored {
    record Done(String id) implements Stored {}

    record Rejected(List<RowError> errors, long total) implements Stored {}
  }

  Stored add(NewJob job, ManifestUpload upload) {
    String id = secrets.id();
    try {
      folders.create(id);
      Stored stored = add(id, job, upload);
      if (stored instanceof Stored.Rejected) {
        folders.delete(id);
      }
      return stored;
    } catch (IOException e) {
      drop(id);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      drop(id);
      throw e;
    }
  }

  private Stored add(String id, NewJob job, ManifestUpload upload) throws IOException {
    Path root = Path.of(database.read(sql -> Quotas.owner(sql, job.owner())).root());
    UserFolders.checked(job.folder());
    uploads.save(upload, folders.manifest(id));
    try (Uploads.Read read = uploads.read(folders.manifest(id), root)) {
      if (read.check().errorCount() > 0 || !read.check().usable()) {
        return new Stored.Rejected(read.errors(), read.check().errorCount());
      }
      String header = JobJson.write(read.manifest().header());
      database.write(sql -> reserve(sql, id, job, upload.name(), header, read));
      saveRows(id, read);
    } catch (ManifestException e) {
      return new Stored.Rejected(List.of(RowError.of(e.error())), 1);
    }
    folders.force(id);
    database.write(sql -> show(sql, id, job));
    return new Stored.Done(id);
  }

  /** Takes what the job needs of the quota, and its folder. */
  private boolean reserve(
      Sql sql, String id, NewJob job, String upload, String header, Uploads.Read read)
      throws SQLException {
    String name = job.name().isBlank() ? nameOf(upload) : job.name().strip();
    String folder =
        job.folder().isBlank()
            ? freeFolder(sql, job.owner(), name)
            : UserFolders.checked(job.folder());
    User user = Quotas.owner(sql, job.owner());
    userFolders.resolve(user.root(), folder);
    long bytes = read.check().knownBytes();
    Quotas.checkRoom(user.quota(), Quotas.used(sql, job.owner()), read.check().rowCount(), bytes);
    Instant now = clock.instant();
    sql.update(
        "INSERT INTO jobs (id, owner, name, note, state, since, priority, pos, created, folder,"
            + " limits, schedule, header, rows, bytes)"
            + " VALUES (?, ?, ?, ?, 'storing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        job.owner(),
        name,
        job.note(),
        now.toEpochMilli(),
        job.priority(),
        JobTable.nextPos(sql),
        now.toEpochMilli(),
        folder,
        JobJson.write(job.limits()),
        JobJson.write(job.schedule()),
        header,
        read.check().rowCount(),
        bytes);
    return true;
  }

  private static String nameOf(String upload) {
    String plain = upload.replaceAll("(?i)\\.(csv|tsv|txt)?(\\.gz)?$", "").strip();
    String name = plain.substring(plain.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", " ");
    return name.isEmpty() ? UNNAMED : name.substring(0, Math.min(name.length(), 200));
  }

  /** Returns a folder of the job's name that no other job of the user has. */
  private static String freeFolder(Sql sql, String owner, String name) throws SQLException {
    String wanted = UserFolders.named(name);
    String folder = wanted;
    for (int n = 2; isUsed(sql, owner, folder); n++) {
      folder = wanted + "-" + n;
    }
    return folder;
  }

  private static boolean isUsed(Sql sql, String owner, String folder) throws SQLException {
    return sql.number(
            "SELECT count(*) FROM jobs WHERE owner = ? AND lower(folder) = lower(?)", owner, folder)
        > 0;
  }

  private void saveRows(String id, Uploads.Read read) throws IOException {
    RowSaving saving = new RowSaving(database, id);
    try (RowFile.Writer file = RowFile.Writer.create(folders.rows(id), read.manifest().header());
        ManifestRows rows = read.check().rows()) {
      while (rows.hasNext()) {
        if (rows.next() instanceof ManifestRow.Good good) {
          saving.add(good, file.add(good));
        }
      }
      saving.finish();
      file.force();
    }
  }

  private boolean show(Sql sql, String id, NewJob job) throws SQLException {
    Instant now = clock.instant();
    Optional<Instant> start = job.schedule().startAt().filter(now::isBefore);
    JobState state =
        job.held() ? JobState.PAUSED : start.isPresent() ? JobState.SCHEDULED : JobState.QUEUED;
    sql.update(
        "UPDATE jobs SET state = ?, reason = ?, since = ?, until = ?, hint = ? WHERE id = ?",
        state.label(),
        job.held() ? Optional.of("start") : Optional.empty(),
        now.toEpochMilli(),
        state == JobState.SCHEDULED ? start.map(Instant::toEpochMilli) : Optional.empty(),
        job.held() ? Optional.of("start it") : Optional.empty(),
        id);
    return true;
  }

  /** Removes what is stored of a job that cannot be stored. The cause is reported, not this. */
  private void drop(String id) {
    try {
      database.write(
          sql ->
              sql.update("UPDATE jobs SET state = 'deleting', reason = 'keep' WHERE id = ?", id));
      new JobRemoval(database, folders, userFolders).finish(id);
    } catch (RuntimeException e) {
      // The next start removes it.
    }
  }

  /** Reads a manifest and says what it holds. Nothing is stored. */
  CheckResult check(ManifestUpload upload) {
    String id = "check-" + secrets.id();
    try {
      folders.create(id);
      uploads.save(upload, folders.manifest(id));
      try (Uploads.Read read = uploads.read(folders.manifest(id), folders.of(id))) {
        return result(read);
      } catch (ManifestException e) {
        return new CheckResult(0, 0, List.of(), List.of(RowError.of(e.error())), 1, 0, List.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      try {
        folders.delete(id);
      } catch (IOException e) {
        // The next start removes it.
      }
    }
  }

  private static CheckResult result(Uploads.Read read) {
    Map<String, Long> hosts = new HashMap<>();
    long rows = 0;
    if (read.check().usable()) {
      try (ManifestRows all = read.check().rows()) {
        while (all.hasNext()) {
          if (all.next() instanceof ManifestRow.Good good) {
            rows++;
            hosts.merge(good.download().origin().host(), 1L, Long::sum);
          }
        }
      }
    }
    List<CheckResult.HostFiles> most =
        hosts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_HOSTS)
            .map(host -> new CheckResult.HostFiles(host.getKey(), host.getValue()))
            .toList();
    return new CheckResult(
        rows,
        read.check().knownBytes(),
        most,
        read.errors(),
        read.check().errorCount(),
        read.check().repeatedRows(),
        read.manifest().warnings());
  }
}
