package dev.bulkdl.serve.job;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Failure.Kind;
import dev.bulkdl.report.FailureText;
import java.util.Optional;

/** The codes of failures: the classes of results.csv, with the status behind {@code http}. */
final class FailureCode {

  /** An address that the daemon does not connect to. */
  static final String FORBIDDEN = "forbidden-address";

  private FailureCode() {}

  static String of(Failure failure) {
    if (failure instanceof Failure.Connect connect && connect.forbidden()) {
      return FORBIDDEN;
    }
    return failure instanceof Failure.Http http && http.status() > 0
        ? failure.label() + "-" + http.status()
        : failure.label();
  }

  /** Returns what can be done, in words for the page. */
  static String nextStep(String code) {
    if (code.equals(FORBIDDEN)) {
      return "an administrator can allow the network of this address with --allow-network; the"
          + " daemon itself is never allowed";
    }
    int dash = code.indexOf('-');
    String label = dash < 0 ? code : code.substring(0, dash);
    int status = dash < 0 ? 0 : Integer.parseInt(code.substring(dash + 1));
    Optional<Kind> kind = Kind.named(label);
    return switch (kind.orElse(Kind.CANCELLED)) {
      case TLS -> "check the server's certificate";
      case TIMEOUT, RESET, TRUNCATED -> "retry";
      case RANGE -> "retry with 1 segment";
      case EXISTS -> "move that file away, then retry";
      case DISK -> "the message says what is in the way; remove that, then retry";
      case NAME -> "correct the row, and add it in a new job";
      default ->
          FailureText.nextStep(kind.orElse(Kind.CANCELLED), status)
              .replace(
                  "; run again later, with a lower --max-per-host",
                  "; retry later, with fewer connections per host")
              .replace(
                  "add or correct the --header with the credentials", "use a URL that holds it")
              .replace("then run again", "then retry")
              .replace("run again", "retry");
    };
  }
}
