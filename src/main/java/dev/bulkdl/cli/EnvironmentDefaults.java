package dev.bulkdl.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives every option a second source, the environment: {@code --max-files} is {@code
 * BULKDL_MAX_FILES}. The command line wins. Elsewhere the settings' own defaults stand, put as an
 * option would be.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  private static final String PREFIX = "BULKDL_";

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String given = environment.get(variable(option));
    if (given != null && !given.isBlank()) {
      return given;
    }
    Object initial = option.initialValue();
    if (initial instanceof Duration duration) {
      return Durations.text(duration);
    }
    return initial instanceof Long bytes ? Sizes.text(bytes) : null;
  }

  /** The variable's name, such as {@code BULKDL_MAX_FILES}. */
  static String variable(OptionSpec option) {
    return PREFIX
        + option.longestName().replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether a rejected value came from the environment. */
  boolean gave(OptionSpec option, @Nullable String value) {
    return value != null && value.equals(environment.get(variable(option)));
  }
}
