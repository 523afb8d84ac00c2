package dev.bulkdl.cli;

import dev.bulkdl.settings.HostRules;
import java.nio.file.Path;
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
 * Reads the values of options that the command line does not give: from the environment, else from
 * the configuration file, else the default of the settings, formatted as an option value. {@code
 * --max-files} has the variable {@code BULKDL_MAX_FILES}. Options of proxies also have the
 * variables that other programs read.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  /**
   * Separates the values in a variable that holds several. Arguments and variables cannot contain
   * this character, so an argument is never split.
   */
  static final String BETWEEN_LINES = "\u0000";

  private static final String PREFIX = "BULKDL_";

  private final Map<String, String> environment;
  private final ConfigFile file;

  EnvironmentDefaults(Map<String, String> environment) {
    this(environment, ConfigFile.NONE);
  }

  EnvironmentDefaults(Map<String, String> environment, ConfigFile file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * A value and where it was given.
   *
   * @param place the name of a variable, or a line of a file such as {@code /etc/bulkdl:3}
   */
  record Given(String text, String place, boolean isFromEnvironment) {}

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (!(arg instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    Optional<Given> given = given(option);
    if (given.isPresent()) {
      return literally(given.get().text());
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

  /** Escapes the dollar signs, because picocli replaces <code>${name}</code> in a default value. */
  private static String literally(String value) {
    return value.replace("$", "$$");
  }

  /** Returns true if a variable of this name may be an option of bulkdl. */
  static boolean isOurs(String name) {
    return name.startsWith(PREFIX);
  }

  /** Returns the variable's name, such as {@code BULKDL_MAX_FILES}. */
  static String variable(OptionSpec option) {
    return variable(option.longestName());
  }

  static String variable(String longName) {
    return PREFIX + longName.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Returns the value of this option in the environment, or else in the file. */
  Optional<Given> given(OptionSpec option) {
    List<String> common = ProxyOptions.VARIABLES.getOrDefault(option.longestName(), List.of());
    boolean hasLines = option.splitRegex().equals(BETWEEN_LINES);
    return Stream.concat(Stream.of(variable(option)), common.stream())
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .map(name -> new Given(environment.getOrDefault(name, ""), name, true))
        .map(found -> hasLines ? new Given(lines(found.text()), found.place(), true) : found)
        .findFirst()
        .or(() -> inFile(option));
  }

  private Optional<Given> inFile(OptionSpec option) {
    List<ConfigFile.Entry> entries = file.of(option.longestName());
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    String between = option.splitRegex().equals(BETWEEN_LINES) ? BETWEEN_LINES : ",";
    String all = entries.stream().map(ConfigFile.Entry::value).collect(Collectors.joining(between));
    return Optional.of(
        new Given(
            option.isMultiValue() ? all : entries.getLast().value(),
            file.place(entries.getLast()),
            false));
  }

  /** Returns the configuration file that was read. */
  Optional<Path> file() {
    return file.path();
  }

  /** Returns the rules for hosts: the shipped ones and those of the file. */
  HostRules hosts() {
    return HostRules.SHIPPED.with(file.hosts());
  }

  /** Returns the place that gave the rejected value; empty if the command line gave it. */
  Optional<Given> source(OptionSpec option, @Nullable String value) {
    return given(option).filter(given -> given.text().equals(value));
  }
}
