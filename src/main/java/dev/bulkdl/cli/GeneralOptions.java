package dev.bulkdl.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that every command has. picocli and {@link Main} act on them, so nothing reads the
 * fields.
 */
@SuppressWarnings("unused")
final class GeneralOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read options from this file, not from ~/.config/bulkdl/config.")
  private @Nullable Path config;

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
