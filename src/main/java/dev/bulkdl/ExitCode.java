package dev.bulkdl;

import dev.bulkdl.report.RunReport;
import java.util.OptionalInt;

/** The exit codes of the program, which scripts rely on. */
public final class ExitCode {

  /** Every row is present and checked. */
  public static final int COMPLETE = 0;

  /** A row failed for good. */
  public static final int FAILED = 1;

  /** The command line or the manifest is wrong: nothing was downloaded. */
  public static final int USAGE = 2;

  /** Only failures are left that may pass: run it again. */
  public static final int TRY_AGAIN = 3;

  /** The local disk or its permissions. */
  public static final int DISK = 4;

  private static final int SIGNALLED = 128;

  private ExitCode() {}

  /** What a run comes to, by the worst that happened in it. Pure. */
  public static int of(RunReport report) {
    if (report.diskFailures() > 0) {
      return DISK;
    }
    if (report.permanentFailures() > 0) {
      return FAILED;
    }
    return hasUnfinished(report) ? TRY_AGAIN : COMPLETE;
  }

  private static boolean hasUnfinished(RunReport report) {
    return report.transientFailures() + report.files().cancelled() + report.files().notBegun() > 0;
  }

  /**
   * The code where something of the result could not be written; a stop or an error counts more.
   */
  public static int orUnwritten(int code) {
    return code == USAGE || code > SIGNALLED ? code : DISK;
  }

  /** Stopped by this signal; what was done is kept. */
  public static int ofSignal(int number) {
    return SIGNALLED + number;
  }

  /** The code of the signal that stopped a command, else this one. */
  public static int orSignal(int code, OptionalInt signal) {
    return signal.isPresent() ? ofSignal(signal.getAsInt()) : code;
  }
}
