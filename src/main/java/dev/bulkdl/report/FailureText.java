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

  /**
   * What the user can do about failures of the class with this label, see {@link
   * RunReport#failures}.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public static String nextStep(String label) {
    return Failure.Kind.named(label)
        .map(FailureText::nextStep)
        .orElseThrow(() -> new IllegalArgumentException("no class of failures: " + label));
  }

  /** What the user can do about failures of this class. */
  public static String nextStep(Failure.Kind kind) {
    return switch (kind) {
      case DNS -> "check the host's name and the network, then run again";
      case CONNECT -> "check that host and port can be reached from here, then run again";
      case TLS -> "check the server's certificate; --cacert FILE adds an authority";
      case TIMEOUT -> "run again; --response-timeout and --idle-timeout wait longer";
      case RESET -> "run again";
      case HTTP -> "see the status in results.csv; correct the URL or the access, then run again";
      case TRUNCATED -> "run again";
      case RANGE -> "run again with --segments 1";
      case CHANGED ->
          "check the manifest's size and hash against the server's file, then run again";
      case CHECKSUM -> "check the manifest's hash and the server's file; one of them is wrong";
      case DISK ->
          "free some space, or correct the permissions of the output folder, then run again";
      case NAME -> "correct the row in the manifest, then run again";
      case EXISTS -> "move that file away, or run again with --overwrite";
      case CANCELLED -> "run again: it continues where it stopped";
    };
  }
}
