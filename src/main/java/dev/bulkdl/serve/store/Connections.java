package dev.bulkdl.serve.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** Opens connections to the database: one that writes, and others that only read. */
final class Connections {

  /** How long a statement waits for another process, such as {@code bulkdl user add}. */
  private static final int BUSY_MILLIS = 10_000;

  private static final int LOG_KEPT_BYTES = 64 << 20;

  private Connections() {}

  static Sql writer(DatabaseFiles files) throws SQLException {
    SQLiteConfig config = common();
    config.setJournalMode(JournalMode.WAL);
    config.setJournalSizeLimit(LOG_KEPT_BYTES);
    // A commit returns when the log is on disk, so an answered change survives a power loss.
    config.setSynchronous(SynchronousMode.FULL);
    return open(files, config);
  }

  static Sql reader(DatabaseFiles files) throws SQLException {
    Sql sql = open(files, common());
    sql.execute("PRAGMA query_only = ON");
    return sql;
  }

  /** Opens a database in passing, such as a backup. */
  static Sql other(Path file) throws SQLException {
    return new Sql(common().createConnection("jdbc:sqlite:" + file));
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-16_384); // KiB
    config.setGetGeneratedKeys(false); // else each insert asks for its row
    return config;
  }

  private static Sql open(DatabaseFiles files, SQLiteConfig config) throws SQLException {
    Connection connection = config.createConnection("jdbc:sqlite:" + files.database());
    return new Sql(connection);
  }
}
