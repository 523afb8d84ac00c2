package dev.bulkdl.serve.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole copies of the database, which are made while it is used. */
final class Backups {

  private static final String ENDING = ".db";
  private static final String DAILY = "bulkdl-";
  private static final int KEPT = 7;

  private Backups() {}

  /**
   * Makes a copy of this name, if there is none, and deletes the oldest daily ones.
   *
   * @param name such as {@code bulkdl-2026-11-30}
   */
  static Path make(DatabaseFiles files, String name) throws IOException, SQLException {
    Files.createDirectories(files.backups());
    Path backup = files.backups().resolve(name + ENDING);
    if (!Files.exists(backup)) {
      Path draft = files.backups().resolve(name + ".tmp");
      Files.deleteIfExists(draft);
      try (Sql sql = Connections.other(files.database())) {
        sql.execute("VACUUM INTO '" + draft.toString().replace("'", "''") + "'");
      }
      force(draft);
      Files.move(draft, backup, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteOld(files);
    return backup;
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Returns all copies, the newest first. */
  static List<Path> newestFirst(DatabaseFiles files) throws IOException {
    if (!Files.isDirectory(files.backups())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(files.backups())) {
      return all.filter(file -> file.toString().endsWith(ENDING))
          .sorted(Comparator.comparingLong(Backups::modified).reversed())
          .toList();
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  private static void deleteOld(DatabaseFiles files) throws IOException {
    List<Path> daily =
        newestFirst(files).stream().filter(file -> name(file).startsWith(DAILY)).toList();
    for (Path old : daily.subList(Math.min(KEPT, daily.size()), daily.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
