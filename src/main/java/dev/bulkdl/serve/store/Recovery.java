package dev.bulkdl.serve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a database is damaged, and sets it aside under another name. Nothing is ever
 * overwritten. The newest backup that can be read takes its place.
 */
final class Recovery {

  private static final String OK = "ok";

  private Recovery() {}

  /** Returns what is wrong with the database that is open; empty if nothing was found. */
  static Optional<String> check(Sql sql) throws SQLException {
    String found = sql.pragma("PRAGMA quick_check(1)");
    return found.equals(OK) ? Optional.empty() : Optional.of(found);
  }

  /**
   * Sets the database aside and puts a backup in its place.
   *
   * @param why what is wrong with it
   * @return what the user has to know
   */
  static List<String> replace(DatabaseFiles files, String why, Instant now) throws IOException {
    List<String> notices = new ArrayList<>();
    Path aside = setAside(files, now);
    notices.add(
        "%s is damaged (%s). It is kept as %s."
            .formatted(files.database(), why, aside.getFileName()));
    Optional<Path> backup = newestReadable(files);
    if (backup.isPresent()) {
      Files.copy(backup.get(), files.database());
      notices.add(
          "The backup %s takes its place. Jobs that have not ended are paused: look at them, and"
              .concat(" resume those that are right.")
              .formatted(backup.get().getFileName()));
    } else {
      notices.add(
          "There is no backup, so the daemon begins without users and jobs. What was downloaded is"
              + " where it was.");
    }
    Files.deleteIfExists(files.damageMark());
    return notices;
  }

  private static Path setAside(DatabaseFiles files, Instant now) throws IOException {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "-");
    Path aside = files.aside(time);
    for (int i = 2; Files.exists(aside); i++) {
      aside = files.aside(time + "-" + i);
    }
    Files.move(files.database(), aside);
    move(files.log(), aside.resolveSibling(aside.getFileName() + "-wal"));
    move(files.logIndex(), aside.resolveSibling(aside.getFileName() + "-shm"));
    return aside;
  }

  private static void move(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Optional<Path> newestReadable(DatabaseFiles files) throws IOException {
    for (Path backup : Backups.newestFirst(files)) {
      try (Sql sql = Connections.other(backup)) {
        if (Migrations.version(sql) <= Migrations.NEWEST && check(sql).isEmpty()) {
          return Optional.of(backup);
        }
      } catch (SQLException e) {
        // the next one
      }
    }
    return Optional.empty();
  }

  /** What was running may have gone on after the backup: the user decides. */
  static void pauseAll(Sql sql) throws SQLException {
    sql.update(
        "UPDATE jobs SET state = 'paused', reason = 'restored', until = NULL, hint = ?"
            + " WHERE state IN ('queued', 'scheduled', 'running', 'pausing', 'waiting')",
        "the database was restored from a backup; resume the job if it is right");
  }
}
