package dev.bulkdl.serve.job;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Failure.Kind;
import dev.bulkdl.report.FailureText;

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
    Kind kind = Kind.named(label).orElse(Kind.CANCELLED);
    return FailureText.nextStep(kind, status, FailureText.Place.PAGE);
  }
}
