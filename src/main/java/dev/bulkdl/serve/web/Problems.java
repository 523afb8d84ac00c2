package dev.bulkdl.serve.web;

import dev.bulkdl.serve.job.InvalidJobException;
import dev.bulkdl.serve.store.StoreException;
import dev.bulkdl.serve.user.Passwords;
import dev.bulkdl.serve.user.Users;
import dev.bulkdl.text.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;

/** What an exception means for the client. */
final class Problems {

  private Problems() {}

  static Problem of(Throwable error) {
    return switch (error) {
      case Problem problem -> problem;
      case InvalidJobException invalid ->
          invalid.field().isEmpty()
              ? Problem.of(Problem.UNPROCESSABLE, message(invalid))
              : Problem.field(invalid.field(), message(invalid));
      case Users.Conflict conflict -> Problem.of(Problem.CONFLICT, message(conflict));
      case Passwords.Busy busy ->
          Problem.later(Problem.TOO_MANY, 2, "too many passwords are being checked; try again");
      case StoreException store ->
          Problem.later(Problem.UNAVAILABLE, 5, "the database cannot be used at the moment");
      case HttpException http -> Problem.of(http.getCode(), "the request is not valid HTTP");
      case EofException gone -> Problem.of(Problem.BAD_REQUEST, "the request ended early");
      case TimeoutException slow -> Problem.of(Problem.BAD_REQUEST, "the request came too slowly");
      case FileSystemException disk ->
          Problem.later(Problem.UNAVAILABLE, 5, "a file of the daemon cannot be used; see its log");
      default -> Problem.of(Problem.BUG, "an error of the daemon; its log has this id");
    };
  }

  private static String message(Throwable error) {
    return Redaction.of(String.valueOf(error.getMessage()));
  }

  /** Returns the lines for the daemon's log. */
  static String trace(String id, String method, Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    return "error "
        + id
        + " at a "
        + method
        + " request\n"
        + trace.toString().lines().map(Redaction::of).reduce("", (all, line) -> all + line + "\n");
  }
}
