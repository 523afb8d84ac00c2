package dev.bulkdl.cli;

import picocli.CommandLine.Option;

/** The options for help and version that every command has. */
final class HelpOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show all options; -h shows those that are used most, and examples.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;
}
