package dev.bulkdl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command with its options, as completion scripts and the man page show it.
 *
 * @param summary the first sentence of its description
 */
record CommandModel(String name, String summary, CommandSpec spec, List<Choice> options) {

  private static final Pattern CHOICE = Pattern.compile("[a-z]+(\\|[a-z]+)+");

  /** What follows an option. */
  enum Value {
    NONE,
    FILE,
    FOLDER,
    OTHER
  }

  /**
   * An option.
   *
   * @param names the short name first
   * @param label the name of its value; empty for a flag
   * @param choices the values that are possible; empty if there are many
   */
  record Choice(
      List<String> names,
      String label,
      Value value,
      List<String> choices,
      String description,
      HelpSection section) {

    String longName() {
      return names.getLast();
    }

    boolean hasValue() {
      return value != Value.NONE;
    }
  }

  CommandModel {
    options = List.copyOf(options);
  }

  /** Returns the main command first, then the others. */
  static List<CommandModel> all(Terminal terminal) {
    CommandLine line = Commands.line(terminal, new EnvironmentDefaults(Map.of()), name -> true);
    Stream<CommandLine> others =
        line.getSubcommands().values().stream()
            .filter(each -> !each.getCommandSpec().helpCommand());
    return Stream.concat(Stream.of(line), others).map(CommandModel::of).toList();
  }

  private static CommandModel of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    return new CommandModel(
        spec.name(),
        spec.usageMessage().description()[0],
        spec,
        HelpText.shown(spec).stream().map(option -> choice(option, help)).toList());
  }

  private static Choice choice(OptionSpec option, Help help) {
    boolean flag = option.typeInfo().isBoolean() || option.arity().min() == 0;
    String label = flag ? "" : option.paramLabel();
    Value value =
        switch (label) {
          case "" -> Value.NONE;
          case "FILE" -> Value.FILE;
          case "DIR" -> Value.FOLDER;
          default -> Value.OTHER;
        };
    List<String> names =
        Arrays.stream(option.names()).sorted((a, b) -> a.length() - b.length()).toList();
    List<String> choices =
        CHOICE.matcher(label).matches() ? List.of(label.split("\\|")) : List.of();
    return new Choice(
        names, label, value, choices, description(option, help), HelpSection.of(option));
  }

  /** Returns the description as help shows it, on one line. */
  private static String description(OptionSpec option, Help help) {
    return Arrays.stream(
            help.createDefaultOptionRenderer()
                .render(option, help.createDefaultParamLabelRenderer(), help.colorScheme()))
        .map(row -> row[row.length - 1].toString())
        .reduce("", (one, other) -> (one + " " + other).strip());
  }
}
