package dev.bulkdl.cli;

import dev.bulkdl.report.RunAgain;
import dev.bulkdl.text.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command of this run once more: the same start of the program and the same options. Values
 * that may be secrets are left out and named.
 */
final class SameCommand implements RunAgain {

  private static final Set<String> HEADERS = Set.of("--header", "--header-for");
  private static final String OUTPUT_DIR = "--output-dir";

  private final Supplier<List<String>> program;
  private final ParseResult parsed;
  private final boolean takesList;
  private final List<String> options = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Set<String> toAdd = new LinkedHashSet<>();

  private SameCommand(Supplier<List<String>> program, ParseResult parsed, boolean takesList) {
    this.program = program;
    this.parsed = parsed;
    this.takesList = takesList;
    parsed.matchedOptionsSet().stream().filter(this::isRepeated).forEach(this::add);
    addHeaders(parsed.originalArgs());
    if (!takesList) {
      parsed
          .matchedPositionals()
          .forEach(each -> each.originalStringValues().forEach(this::addArgument));
    }
  }

  /**
   * Returns the command for a run of a manifest. The list of what is left replaces the manifest.
   */
  static RunAgain withList(CommandSpec command) {
    return new SameCommand(Invocation::current, command.commandLine().getParseResult(), true);
  }

  /** Returns the command for a run that has no manifest. */
  static RunAgain unchanged(CommandSpec command) {
    return new SameCommand(Invocation::current, command.commandLine().getParseResult(), false);
  }

  @Override
  public String command(String list, String folder) {
    List<String> words = new ArrayList<>(program.get());
    CommandSpec command = parsed.commandSpec();
    if (command.parent() != null) {
      words.add(command.name());
    }
    StringBuilder text = new StringBuilder(ShellWords.joined(words));
    if (takesList) {
      text.append(' ').append(list);
    }
    if (!arguments.isEmpty()) {
      text.append(' ').append(ShellWords.joined(arguments));
    }
    if (takesList || parsed.hasMatchedOption(OUTPUT_DIR)) {
      text.append(" -d ").append(folder);
    }
    return options.isEmpty() ? text.toString() : text + " " + ShellWords.joined(options);
  }

  @Override
  public List<String> toAdd() {
    return List.copyOf(toAdd);
  }

  private boolean isRepeated(OptionSpec option) {
    return !HEADERS.contains(option.longestName()) && !option.longestName().equals(OUTPUT_DIR);
  }

  private void add(OptionSpec option) {
    List<String> values = option.originalStringValues();
    List<String> effective =
        option.isMultiValue() ? values : values.subList(values.size() - 1, values.size());
    for (String value : effective) {
      if (!isShowable(value)) {
        toAdd.add(option.longestName());
      } else if (option.typeInfo().isBoolean()) {
        options.add(option.longestName() + (value.equalsIgnoreCase("false") ? "=false" : ""));
      } else if (option.arity().min() == 0) {
        options.add(option.longestName() + "=" + value);
      } else {
        options.add(shortest(option));
        options.add(value);
      }
    }
  }

  private static String shortest(OptionSpec option) {
    return option.shortestName();
  }

  private void addArgument(String value) {
    if (isShowable(value)) {
      arguments.add(value);
    } else {
      toAdd.add("the URL");
    }
  }

  private static boolean isShowable(String value) {
    return Redaction.ofCommandLine(value).equals(value);
  }

  /** Only a file of headers is no secret. picocli does not keep the values of these options. */
  private void addHeaders(List<String> given) {
    for (int i = 0; i < given.size(); i++) {
      String name = GivenArguments.nameOf(given.get(i));
      if (!HEADERS.contains(name)) {
        continue;
      }
      boolean attached = given.get(i).length() > name.length();
      String value = attached ? given.get(i).substring(name.length() + 1) : next(given, ++i);
      if (value.startsWith("@")) {
        options.add(name);
        options.add(value);
      } else if (name.equals("--header") || value.chars().anyMatch(Character::isWhitespace)) {
        toAdd.add(name + " " + beforeColon(value));
      } else {
        toAdd.add(name + " " + value + " " + beforeColon(next(given, ++i)));
      }
    }
  }

  private static String next(List<String> given, int i) {
    return i < given.size() ? given.get(i) : "";
  }

  private static String beforeColon(String header) {
    return Optional.of(header.indexOf(':'))
        .filter(at -> at > 0)
        .map(at -> header.substring(0, at))
        .orElse("");
  }
}
