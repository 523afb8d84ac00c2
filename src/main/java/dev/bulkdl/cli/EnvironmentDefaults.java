package dev.bulkdl.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives every option a second source, the environment: {@code --max-files} is {@code
 * BULKDL_MAX_FILES}, and those of proxies also have the names that other programs read. The command
 * line wins. Elsewhere the settings' own defaults stand, put as an option would be.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  /**
   * Stands between the lines of a variable that holds several values. No argument and no variable
   * can hold this character, so an argument is never split.
   */
  static final String BETWEEN_LINES = "\u0000";

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
    Optional<String> given = given(option).map(environment::get);
    if (given.isPresent()) {
      return literally(
          option.splitRegex().equals(BETWEEN_LINES) ? lines(given.get()) : given.get());
    }
    Object initial = option.initialValue();
    if (initial instanceof Duration duration) {
      return Durations.text(duration);
    }
    return initial instanceof Long bytes ? Sizes.text(bytes) : null;
  }

  private static String lines(String value) {
    return Arrays.stream(value.split("\r?\n", -1))
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining(BETWEEN_LINES));
  }

  /** Picocli replaces <code>${name}</code> in what it is given as a default. */
  private static String literally(String value) {
    return value.replace("$", "$$");
  }

  /** The variable's name, such as {@code BULKDL_MAX_FILES}. */
  static String variable(OptionSpec option) {
    return PREFIX
        + option.longestName().replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The variable that gives this option a value. */
  private Optional<String> given(OptionSpec option) {
    List<String> common = ProxyOptions.VARIABLES.getOrDefault(option.longestName(), List.of());
    return Stream.concat(Stream.of(variable(option)), common.stream())
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .findFirst();
  }

  /** The variable from which a rejected value came. */
  Optional<String> source(OptionSpec option, @Nullable String value) {
    return given(option).filter(name -> value != null && isFrom(name, value));
  }

  /** A variable may hold several values, a line each. */
  private boolean isFrom(String variable, String value) {
    String given = environment.getOrDefault(variable, "");
    return given.equals(value) || (value.contains(BETWEEN_LINES) && lines(given).equals(value));
  }
}
