package dev.bulkdl.report;

import dev.bulkdl.model.Failure;

/** Explains failures to users: who is at fault and what to do next. */
public final class FailureText {

  private FailureText() {}

  /**
   * True if the cause is the network, the server or its content. False if it is this machine or its
   * user.
   */
  static boolean isRemote(Failure failure) {
    return switch (failure) {
      case Failure.Dns ignored -> true;
      case Failure.Connect ignored -> true;
      case Failure.Tls ignored -> true;
      case Failure.Timeout ignored -> true;
      case Failure.Reset ignored -> true;
      case Failure.Http ignored -> true;
      case Failure.Truncated ignored -> true;
      case Failure.Range ignored -> true;
      case Failure.Changed ignored -> true;
      case Failure.Checksum ignored -> true;
      case Failure.Disk ignored -> false;
      case Failure.Name ignored -> false;
      case Failure.Exists ignored -> false;
      case Failure.Cancelled ignored -> false;
    };
  }

  /** The HTTP status of the failure; 0 if it has none. */
  static int status(Failure failure) {
    return failure instanceof Failure.Http http ? http.status() : 0;
  }

  /** The name of a group of failures: {@code 404 Not Found}, or the class. */
  static String title(Failure.Kind kind, int status) {
    return status == 0 ? kind.label() : (status + " " + reason(status)).strip();
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 410 -> "Gone";
      case 416 -> "Range Not Satisfiable";
      case 429 -> "Too Many Requests";
      case 451 -> "Unavailable For Legal Reasons";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }

  /** Where a next step is read. */
  public enum Place {
    /** By somebody who can run the command again with other options. */
    COMMAND_LINE("run again"),
    /** By somebody who can retry files on a page. */
    PAGE("retry");

    private final String again;

    Place(String again) {
      this.again = again;
    }

    private String either(String onCommandLine, String onPage) {
      return this == COMMAND_LINE ? onCommandLine : onPage;
    }
  }

  /**
   * What the user of the command line can do about failures of this class.
   *
   * @param status the HTTP status; 0 if there is none
   */
  public static String nextStep(Failure.Kind kind, int status) {
    return nextStep(kind, status, Place.COMMAND_LINE);
  }

  /**
   * What the user can do about failures of this class.
   *
   * @param status the HTTP status; 0 if there is none
   */
  public static String nextStep(Failure.Kind kind, int status, Place place) {
    String again = place.again;
    return switch (kind) {
      case DNS -> "check the host's name and the network, then " + again;
      case CONNECT -> "check that host and port can be reached from here, then " + again;
      case TLS ->
          "check the server's certificate" + place.either("; --cacert FILE adds an authority", "");
      case TIMEOUT ->
          again + place.either("; --response-timeout and --idle-timeout wait longer", "");
      case RESET, TRUNCATED -> again;
      case HTTP -> nextStep(status, place);
      case RANGE -> again + " with " + place.either("--segments 1", "1 segment");
      case CHANGED -> "check the manifest's size and hash against the server's file, then " + again;
      case CHECKSUM -> "check the manifest's hash and the server's file; one of them is wrong";
      case DISK ->
          place.either("the row's message", "the message")
              + " says what is in the way; remove that, then "
              + again;
      case NAME ->
          place.either(
              "correct the row in the manifest, then run again",
              "correct the row, and add it in a new job");
      case EXISTS ->
          place.either(
              "move that file away, or run again with --overwrite",
              "move that file away, then retry");
      case CANCELLED -> again + ", it continues where it stopped";
    };
  }

  private static String nextStep(int status, Place place) {
    return switch (status) {
      case 401, 407 ->
          "needs a login; "
              + place.either(
                  "add or correct the --header with the credentials", "use a URL that holds it");
      case 403 -> "no access; correct the credentials or the URL, then " + place.again;
      case 404 -> "gone; correct the URL";
      case 410 -> "gone for good; remove the row or find another URL";
      case 429 ->
          "too many requests; "
              + place.again
              + " later, with "
              + place.either("a lower --max-per-host", "fewer connections per host");
      case 451 -> "withheld by law; remove the row or find another URL";
      case 408, 425, 500, 502, 503, 504 -> "try later, " + place.again;
      default -> nextStepByHundred(status / 100, place);
    };
  }

  private static String nextStepByHundred(int hundred, Place place) {
    return switch (hundred) {
      case 3 -> "the redirects lead nowhere; correct the URL";
      case 4 -> "the server refuses this request; correct the URL, then " + place.again;
      case 5 -> "the server has a fault; try later, or ask its operator";
      default -> "correct the URL; what comes from there is not the file";
    };
  }
}
