package dev.bulkdl.cli;

import dev.bulkdl.text.Redaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of a command line as a report may keep them: without secrets. */
final class GivenOptions {

  private static final String HIDDEN = "***";

  /** Options of the user's own commands and of headers can hold secrets anywhere. */
  private static final List<String> SECRET = List.of("--header", "--on-file", "--on-complete");

  private GivenOptions() {}

  /** The options that were given on the command line, by their long names. */
  static Map<String, String> of(CommandSpec command) {
    Map<String, String> given = new TreeMap<>();
    ParseResult parsed = command.commandLine().getParseResult();
    if (parsed != null) {
      parsed.matchedOptions().forEach(option -> given.put(name(option), value(option)));
    }
    return given;
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private static String value(OptionSpec option) {
    return SECRET.contains(option.longestName())
        ? HIDDEN
        : option.stringValues().stream().map(Redaction::of).collect(Collectors.joining(", "));
  }
}
