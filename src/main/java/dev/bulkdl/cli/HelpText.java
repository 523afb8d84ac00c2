package dev.bulkdl.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** The text of {@code --help}, with all options by section, and of {@code -h}, which is short. */
final class HelpText {

  private HelpText() {}

  /** Makes a command show its help in this form. */
  static void install(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = line.getHelpSectionMap();
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
        help -> isBrief(help) ? mostUsed(help) : bySection(help));
    sections.put(
        UsageMessageSpec.SECTION_KEY_FOOTER,
        help -> isBrief(help) ? examples(help.commandSpec()) : help.footer());
    line.setHelpSectionMap(sections);
    line.getCommandSpec().usageMessage().commandListHeading("%nCommands:%n");
  }

  /** Returns the options of a command that help shows, each section in its order. */
  static List<OptionSpec> shown(CommandSpec command) {
    return command.options().stream()
        .filter(option -> HelpSection.isShown(option, command.name()))
        .sorted(Comparator.comparingInt(option -> HelpSection.of(option).position(option)))
        .toList();
  }

  private static boolean isBrief(Help help) {
    ParseResult parsed = help.commandSpec().commandLine().getParseResult();
    return parsed != null
        && parsed.originalArgs().contains("-h")
        && !parsed.originalArgs().contains("--help")
        && !HelpExamples.of(help.commandSpec().name()).isEmpty();
  }

  private static String mostUsed(Help help) {
    CommandSpec command = help.commandSpec();
    List<String> names = command.options().stream().map(OptionSpec::longestName).toList();
    List<OptionSpec> options =
        HelpExamples.mostUsed(names).stream().map(command::findOption).toList();
    return "%n".formatted() + table(help, options, options);
  }

  private static String bySection(Help help) {
    List<OptionSpec> all = shown(help.commandSpec());
    return Arrays.stream(HelpSection.values())
        .map(section -> section(help, section, all))
        .collect(Collectors.joining());
  }

  private static String section(Help help, HelpSection section, List<OptionSpec> all) {
    List<OptionSpec> options =
        all.stream().filter(option -> HelpSection.of(option) == section).toList();
    return options.isEmpty()
        ? ""
        : "%n%s:%n".formatted(section.title()) + table(help, options, all);
  }

  /** Formats options in columns that have the same widths as for all of these. */
  private static String table(Help help, List<OptionSpec> options, List<OptionSpec> all) {
    Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  private static String examples(CommandSpec command) {
    return "%nExamples:%n".formatted()
        + HelpExamples.of(command.name()).stream()
            .map("  %s%n"::formatted)
            .collect(Collectors.joining())
        + "%nAll options: %s --help%n".formatted(command.qualifiedName());
  }
}
