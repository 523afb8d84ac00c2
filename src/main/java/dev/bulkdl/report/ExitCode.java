package dev.bulkdl.report;

import java.util.OptionalInt;

/** The exit codes of the program. Scripts rely on them. */
public final class ExitCode {

  /** Every file is present and checked. */
  public static final int COMPLETE = 0;

  /** At least one row failed permanently. */
  public static final int FAILED = 1;

  /** The command line or the manifest is wrong. Nothing was downloaded. */
  public static final int USAGE = 2;

  /** Only transient failures or unfinished files are left. A further run may succeed. */
  public static final int TRY_AGAIN = 3;

  /** The local disk or its permissions caused a failure. */
  public static final int DISK = 4;

  private static final int SIGNALLED = 128;

  private ExitCode() {}

  /** Returns the exit code of a run, which is that of its worst failure. A pure function. */
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

  /** Returns the exit code of a program that this signal stopped. Everything downloaded is kept. */
  public static int ofSignal(int number) {
    return SIGNALLED + number;
  }

  /** Returns the code of the signal if there was one, else {@code code}. */
  public static int orSignal(int code, OptionalInt signal) {
    return signal.isPresent() ? ofSignal(signal.getAsInt()) : code;
  }
}
