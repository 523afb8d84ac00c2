package dev.bulkdl.cli;

import picocli.CommandLine.Option;

/** The options of a run that only the run of a manifest has. */
final class RunOptions {

  @Option(
      names = "--skip-bad-rows",
      description = "Download the good rows and report the bad ones as failed.")
  private boolean skipBadRows;

  boolean skipBadRows() {
    return skipBadRows;
  }
}
