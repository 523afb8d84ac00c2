package dev.bulkdl.serve.job;

import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes jobs. The job is marked first and then removed piece by piece, so that other changes come
 * between; a start goes on where a kill has ended it.
 */
final class JobRemoval {

  private static final int BATCH = 2000;

  private final Database database;
  private final JobFolders folders;
  private final UserFolders userFolders;

  JobRemoval(Database database, JobFolders folders, UserFolders userFolders) {
    this.database = database;
    this.folders = folders;
    this.userFolders = userFolders;
  }

  private record Marked(String root, String folder, String what) {}

  private record Name(String value, boolean complete) {}

  /** Goes on with all deletions that a kill has ended, and drops what was not stored whole. */
  void finishAll() {
    List<String> ids =
        database.write(
            sql -> {
              sql.update(
                  "UPDATE jobs SET state = 'deleting', reason = 'keep' WHERE state = 'storing'");
              return sql.list(
                  "SELECT id FROM jobs WHERE state = 'deleting'", row -> row.getString(1));
            });
    ids.forEach(this::finish);
  }

  /** Does the same as {@link #finish} or {@link #finishAll}; what fails is for the next start. */
  static Thread inBackground(Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("job-removal")
        .start(
            () -> {
              try {
                work.run();
              } catch (StoreException | UncheckedIOException e) {
                // the daemon ends, or the disk fails
              }
            });
  }

  /** Removes a job that is marked as deleted. Its run has ended. */
  void finish(String id) {
    Optional<Marked> job =
        database.read(
            sql ->
                sql.first(
                    "SELECT ifnull(u.root, ''), j.folder, ifnull(j.reason, 'keep') FROM jobs j"
                        + " LEFT JOIN users u ON u.id = j.owner"
                        + " WHERE j.id = ? AND j.state = 'deleting'",
                    row -> new Marked(row.getString(1), row.getString(2), row.getString(3)),
                    id));
    try {
      job.ifPresent(marked -> removeFiles(id, marked));
      while (removeSomeRows(id) > 0) {
        // other transactions come between
      }
      folders.delete(id);
      database.write(sql -> sql.update("DELETE FROM jobs WHERE id = ? AND state = 'deleting'", id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int removeSomeRows(String id) {
    return database.write(
        sql ->
            sql.update(
                "DELETE FROM files WHERE job = ? AND row_no IN"
                    + " (SELECT row_no FROM files WHERE job = ? LIMIT ?)",
                id,
                id,
                BATCH));
  }

  private void removeFiles(String id, Marked job) {
    Deletion what = Deletion.valueOf(job.what().toUpperCase(Locale.ROOT));
    if (what == Deletion.KEEP || job.root().isEmpty()) {
      return;
    }
    Path folder = userFolders.resolve(job.root(), job.folder());
    long after = 0;
    while (true) {
      long from = after;
      List<Long> rows =
          database.read(
              sql ->
                  sql.list(
                      "SELECT row_no FROM files WHERE job = ? AND row_no > ? ORDER BY row_no"
                          + " LIMIT ?",
                      row -> row.getLong(1),
                      id,
                      from,
                      BATCH));
      if (rows.isEmpty()) {
        break;
      }
      after = rows.getLast();
      List<Name> names =
          database.read(
              sql ->
                  sql.list(
                      "SELECT name, state FROM files WHERE job = ? AND row_no > ? AND row_no <= ?",
                      row ->
                          new Name(
                              row.getString(1),
                              row.getString(2).equals(FileState.COMPLETED.label())),
                      id,
                      from,
                      rows.getLast()));
      names.forEach(name -> remove(folder, name, what));
    }
    if (what == Deletion.ALL && isAlone(id)) {
      removeOwn(folder);
      removeIfEmpty(folder);
    }
  }

  /** Whether no other job has the same folder. */
  private boolean isAlone(String id) {
    return database.read(
        sql ->
            sql.number(
                    "SELECT count(*) FROM jobs o JOIN jobs j ON o.owner = j.owner"
                        + " AND lower(o.folder) = lower(j.folder) AND o.id <> j.id WHERE j.id = ?",
                    id)
                == 0);
  }

  /** Removes what the engine notes about the folder, if nothing else is left in it. */
  private static void removeOwn(Path folder) {
    Path own = folder.resolve(TargetName.OWN_FOLDER);
    try (Stream<Path> left = Files.list(folder)) {
      if (left.allMatch(own::equals) && Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
        JobFolders.deleteAll(own);
      }
    } catch (IOException e) {
      // It stays: the user sees it in the folder.
    }
  }

  private static void remove(Path folder, Name name, Deletion what) {
    Path target = folder.resolve(name.value());
    try {
      if (!isInside(folder, target)) {
        return;
      }
      for (String ending : FilePaths.ENDINGS) {
        if (!name.complete()) {
          Files.deleteIfExists(target.resolveSibling(target.getFileName() + ending));
        }
      }
      if (what == Deletion.ALL && name.complete()) {
        Files.deleteIfExists(target);
        removeEmptyAbove(target, folder);
      }
    } catch (IOException e) {
      // It stays: the user sees it in the folder.
    }
  }

  private static void removeEmptyAbove(Path target, Path folder) {
    Path above = target.getParent();
    while (above != null && !above.equals(folder)) {
      removeIfEmpty(above);
      above = above.getParent();
    }
  }

  /** A link that leads out of the folder is not followed. */
  private static boolean isInside(Path folder, Path target) throws IOException {
    Path parent = target.getParent();
    return parent != null
        && Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)
        && parent.toRealPath().startsWith(folder.toRealPath());
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Something else is in it.
    }
  }
}
