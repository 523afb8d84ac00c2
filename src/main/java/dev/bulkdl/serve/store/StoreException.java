package dev.bulkdl.serve.store;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database could not do what was asked. The transaction was taken back. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  static StoreException of(DatabaseFiles files, SQLException cause) {
    return new StoreException(
        files.database() + ": " + reason(cause) + remedy(cause).map(way -> "; " + way).orElse(""),
        cause);
  }

  static StoreException closed(DatabaseFiles files) {
    return new StoreException(
        files.database() + " is closed, because the daemon ends", new IllegalStateException());
  }

  /** Returns whether the cause is that the file is no database, or a damaged one. */
  static boolean isDamage(SQLException cause) {
    int code = cause.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  private static Optional<String> remedy(SQLException cause) {
    return switch (cause instanceof SQLiteException e
        ? e.getResultCode()
        : SQLiteErrorCode.UNKNOWN_ERROR) {
      case SQLITE_FULL -> Optional.of("free space on the disk of the state folder");
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          Optional.of("start the daemon again, which sets the damaged file aside");
      case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM ->
          Optional.of("the daemon's account must be able to write the state folder");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          Optional.of("another program holds the database; end it, or try again");
      default -> Optional.empty();
    };
  }

  /** Returns the reason in words, without the library's marks such as {@code [SQLITE_FULL]}. */
  static String reason(SQLException cause) {
    String text = Optional.ofNullable(cause.getMessage()).orElse("the database failed");
    String plain = text.replaceFirst("^\\[[A-Z_]+] *", "").strip();
    return plain.isEmpty() ? text.toLowerCase(Locale.ROOT) : plain;
  }
}
