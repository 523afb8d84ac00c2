package dev.bulkdl.serve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The daemon's database. Changes are made one after another by one thread; each is on disk when
 * {@link #write} returns. Reading goes on meanwhile and sees whole transactions only. Thread-safe.
 *
 * <p>The threads are platform threads, because SQLite's calls would pin a virtual one.
 */
public final class Database implements AutoCloseable {

  private static final int READERS = 3;
  private static final long END_SECONDS = 60;

  /** A larger database takes too long to check before the first answer. */
  private static final long CHECKED_AT_ONCE = 32L << 20;

  /** Types of file systems, as the mount table names them. */
  private static final Set<String> NETWORK =
      Set.of("nfs", "cifs", "smb", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs");

  private final DatabaseFiles files;
  private final Sql writer;
  private final List<Sql> readers;
  private final BlockingQueue<Sql> idleReaders = new LinkedBlockingQueue<>();
  private final ExecutorService writing;
  private final ExecutorService reading;
  private final List<String> notices;

  private Database(DatabaseFiles files, Sql writer, List<Sql> readers, List<String> notices) {
    this.files = files;
    this.writer = writer;
    this.readers = readers;
    this.notices = List.copyOf(notices);
    this.idleReaders.addAll(readers);
    this.writing =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("store-writer").factory());
    this.reading =
        Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
  }

  /**
   * Opens the database of a state folder, or creates both. An older schema is brought to the
   * newest; a copy is made before. A damaged database is set aside, see {@link #notices}.
   *
   * @throws IOException when the folder cannot be used, or a newer version of the program has
   *     written the database
   */
  public static Database open(Path stateDir) throws IOException {
    DatabaseFiles files = new DatabaseFiles(stateDir.toAbsolutePath().normalize());
    Files.createDirectories(files.folder());
    refuseNetworkDisk(files);
    NativeLibrary.unpackTo(files.temporary());
    try {
      return open(files, List.of());
    } catch (Damaged e) {
      List<String> notices = Recovery.replace(files, e.what, Instant.now());
      try {
        Database database = open(files, notices);
        database.write(
            sql -> {
              Recovery.pauseAll(sql);
              return true;
            });
        return database;
      } catch (Damaged again) {
        throw new IOException(files.database() + " cannot be created: " + again.what, again);
      }
    }
  }

  /** The database cannot be read. */
  private static final class Damaged extends Exception {

    private static final long serialVersionUID = 1;

    private final String what;

    Damaged(String what) {
      this.what = what;
    }
  }

  private static Database open(DatabaseFiles files, List<String> notices)
      throws IOException, Damaged {
    boolean wasKilled = Files.exists(files.log()) && Files.size(files.log()) > 0;
    if (Files.exists(files.damageMark())) {
      throw new Damaged(Files.readString(files.damageMark()));
    }
    List<Sql> opened = new ArrayList<>();
    try {
      Sql writer = Connections.writer(files);
      opened.add(writer);
      checkVersion(files, writer);
      boolean small = Files.size(files.database()) <= CHECKED_AT_ONCE;
      if (wasKilled && small) {
        Optional<String> damage = Recovery.check(writer);
        if (damage.isPresent()) {
          throw new Damaged(damage.get());
        }
      }
      migrate(files, writer);
      for (int i = 0; i < READERS; i++) {
        opened.add(Connections.reader(files));
      }
      Database database = new Database(files, writer, opened.subList(1, opened.size()), notices);
      if (wasKilled && !small) {
        database.checkInBackground();
      }
      return database;
    } catch (SQLException e) {
      close(opened);
      if (StoreException.isDamage(e)) {
        throw new Damaged(StoreException.reason(e));
      }
      throw new IOException(StoreException.of(files, e).getMessage(), e);
    } catch (IOException | Damaged e) {
      close(opened);
      throw e;
    }
  }

  private static void close(List<Sql> opened) {
    for (Sql sql : opened) {
      try {
        sql.close();
      } catch (SQLException e) {
        // The first exception says what is wrong.
      }
    }
  }

  /** SQLite's locks and its shared memory do not work there. */
  private static void refuseNetworkDisk(DatabaseFiles files) throws IOException {
    String type = Files.getFileStore(files.folder()).type().toLowerCase(Locale.ROOT);
    if (NETWORK.stream().anyMatch(type::startsWith)) {
      throw new IOException(
          "%s is on a network disk (%s), where a database gets damaged; choose a folder on a disk"
              .concat(" of this machine with --state")
              .formatted(files.folder(), type));
    }
  }

  private static void checkVersion(DatabaseFiles files, Sql writer)
      throws SQLException, IOException {
    int version = Migrations.version(writer);
    if (version > Migrations.NEWEST) {
      throw new IOException(
          "%s has schema %d, and this version of the program knows up to %d; use the newer version"
              .concat(" again, or one of %s")
              .formatted(files.database(), version, Migrations.NEWEST, files.backups()));
    }
  }

  private static void migrate(DatabaseFiles files, Sql writer) throws SQLException, IOException {
    int from = Migrations.version(writer);
    if (from > 0 && from < Migrations.NEWEST) {
      Backups.make(files, "before-schema-" + Migrations.NEWEST);
    }
    for (int version = from + 1; version <= Migrations.NEWEST; version++) {
      int next = version;
      inTransaction(
          writer,
          "BEGIN IMMEDIATE",
          sql -> {
            Migrations.apply(sql, next);
            return next;
          });
    }
  }

  /** A large database is used meanwhile. If it is damaged, the next start sets it aside. */
  private void checkInBackground() {
    Thread.ofPlatform()
        .daemon()
        .name("store-check")
        .start(
            () -> {
              try (Sql sql = Connections.other(files.database())) {
                Optional<String> damage = Recovery.check(sql);
                if (damage.isPresent()) {
                  Files.writeString(files.damageMark(), damage.get());
                }
              } catch (SQLException | IOException e) {
                // The next start after a kill looks again.
              }
            });
  }

  /**
   * Makes a copy of the whole database while it is used, one for each day. The newest seven are
   * kept.
   *
   * @return the copy
   */
  public Path backup(LocalDate day) throws IOException {
    try {
      return Backups.make(files, "bulkdl-" + day);
    } catch (SQLException e) {
      throw new IOException(StoreException.of(files, e).getMessage(), e);
    }
  }

  /** Returns what the user has to know about the opening; often nothing. */
  public List<String> notices() {
    return notices;
  }

  /**
   * Reads in one transaction, which sees the state of one moment.
   *
   * @throws StoreException when the database fails
   */
  public <T> T read(Query<T> query) {
    return await(
        reading,
        () -> {
          Sql sql = idleReaders.remove(); // there are as many as threads
          try {
            return inTransaction(sql, "BEGIN", query);
          } finally {
            idleReaders.add(sql);
          }
        });
  }

  /**
   * Changes in one transaction. When this returns, it is on disk; when it throws, nothing was
   * changed. An interrupt does not end it.
   *
   * @throws StoreException when the database fails
   */
  public <T> T write(Query<T> query) {
    return await(writing, () -> inTransaction(writer, "BEGIN IMMEDIATE", query));
  }

  private interface Task<T> {
    T run() throws SQLException;
  }

  private <T> T await(ExecutorService executor, Task<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              result.complete(task.run());
            } catch (SQLException e) {
              result.completeExceptionally(StoreException.of(files, e));
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw StoreException.closed(files);
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private static <T> T inTransaction(Sql sql, String begin, Query<T> query) throws SQLException {
    sql.execute(begin);
    try {
      T result = query.run(sql);
      sql.execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        sql.execute("ROLLBACK");
      } catch (SQLException alreadyTakenBack) {
        e.addSuppressed(alreadyTakenBack); // SQLite itself ends a transaction after some errors
      }
      throw e;
    }
  }

  /** Ends when all that was asked for is done, and leaves one whole file without a log. */
  @Override
  public void close() {
    writing.shutdown();
    reading.shutdown();
    try {
      boolean ended =
          reading.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
              && writing.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      if (ended) {
        for (Sql reader : readers) {
          reader.close();
        }
        writer.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the log makes the next start whole
    } catch (SQLException e) {
      throw StoreException.of(files, e);
    }
  }
}
