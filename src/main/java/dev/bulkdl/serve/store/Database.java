package dev.bulkdl.serve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
   * newest.
   *
   * @throws IOException when the folder cannot be used, or a newer version of the program has
   *     written the database
   */
  public static Database open(Path stateDir) throws IOException {
    DatabaseFiles files = new DatabaseFiles(stateDir.toAbsolutePath().normalize());
    Files.createDirectories(files.folder());
    Files.createDirectories(files.temporary());
    if (System.getProperty("org.sqlite.tmpdir") == null) {
      System.setProperty("org.sqlite.tmpdir", files.temporary().toString());
    }
    try {
      Sql writer = Connections.writer(files);
      migrate(writer);
      List<Sql> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(Connections.reader(files));
      }
      return new Database(files, writer, readers, List.of());
    } catch (SQLException e) {
      throw new IOException(StoreException.of(files, e).getMessage(), e);
    }
  }

  private static void migrate(Sql writer) throws SQLException {
    for (int version = Migrations.version(writer) + 1; version <= Migrations.NEWEST; version++) {
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
