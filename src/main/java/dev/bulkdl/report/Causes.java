package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Redaction;

/** What a failure means to the people who read of it. */
public final class Causes {

  private Causes() {}

  /** {@code class: text}, safe to be shown. */
  public static String text(Failure failure) {
    return Redaction.of(failure.label() + ": " + failure.text());
  }

  /**
   * Whether the network, the server or its content is to blame, rather than this machine or its
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

  /** What to do about failures with this {@link Failure#label()}. */
  public static String nextStep(String label) {
    return switch (label) {
      case "dns" -> "check the host's name and the network, then run again";
      case "connect" -> "check that host and port can be reached from here, then run again";
      case "tls" -> "check the server's certificate; --cacert FILE adds an authority";
      case "timeout" -> "run again; --response-timeout and --idle-timeout wait longer";
      case "reset" -> "run again";
      case "http" -> "see the status in results.csv; correct the URL or the access, then run again";
      case "truncated" -> "run again";
      case "range" -> "run again with --segments 1";
      case "changed" ->
          "check the manifest's size and hash against the server's file, then run again";
      case "checksum" -> "check the manifest's hash and the server's file; one of them is wrong";
      case "disk" -> "make room, or mend the permissions of the output folder, then run again";
      case "name" -> "correct the row in the manifest, then run again";
      case "exists" -> "move that file away, or run again with --overwrite";
      case "cancelled" -> "run again: it goes on where it stopped";
      default -> "see results.csv";
    };
  }
}
