package dev.bulkdl.cli;

import dev.bulkdl.cli.CommandModel.Choice;
import dev.bulkdl.engine.ProgramVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The manual page, in the macros of man(7). Pure. */
final class ManPage {

  private final List<String> lines = new ArrayList<>();

  private ManPage() {}

  /** Returns the page for these commands, the main command first. */
  static String text(List<CommandModel> commands) {
    ManPage page = new ManPage();
    page.write(commands);
    return String.join("\n", page.lines) + "\n";
  }

  private void write(List<CommandModel> commands) {
    CommandModel main = commands.getFirst();
    lines.add(
        ".TH BULKDL 1 \"\" " + quoted("bulkdl " + ProgramVersion.text()) + " \"User Commands\"");
    heading("NAME");
    text("bulkdl - download every row of a manifest, resume and verify");
    heading("SYNOPSIS");
    commands.stream()
        .flatMap(command -> Arrays.stream(command.spec().usageMessage().customSynopsis()))
        .distinct()
        .forEach(this::ownLine);
    heading("DESCRIPTION");
    Arrays.stream(main.spec().usageMessage().description()).forEach(this::text);
    heading("COMMANDS");
    commands.stream().skip(1).forEach(command -> entry(bold(command.name()), command.summary()));
    heading("OPTIONS");
    optionsBySection(main.options());
    moreOptions(commands);
    heading("EXIT STATUS AND VALUES");
    Arrays.stream(main.spec().usageMessage().footer())
        .filter(line -> !line.isEmpty())
        .forEach(this::text);
    heading("FILES");
    entry(bold("~/.config/bulkdl/config"), "Options, one on each line: option = value.");
    entry(bold("OUT/.bulkdl/"), "Results, the rows that failed, log and reports of a run.");
    heading("EXAMPLES");
    commands.stream()
        .flatMap(command -> HelpExamples.of(command.name()).stream())
        .distinct()
        .forEach(this::example);
    heading("SEE ALSO");
    text("curl(1), wget(1), aria2c(1), rclone(1)");
  }

  /** The options that only one command has. */
  private void moreOptions(List<CommandModel> commands) {
    Set<String> known = names(commands.getFirst());
    for (CommandModel command : commands.subList(1, commands.size())) {
      List<Choice> own =
          command.options().stream().filter(option -> !known.contains(option.longName())).toList();
      if (!own.isEmpty()) {
        heading("OPTIONS OF " + command.name().toUpperCase(java.util.Locale.ROOT));
        own.forEach(this::option);
      }
    }
  }

  private static Set<String> names(CommandModel command) {
    return new HashSet<>(command.options().stream().map(Choice::longName).toList());
  }

  private void optionsBySection(List<Choice> options) {
    for (HelpSection section : HelpSection.values()) {
      List<Choice> here = options.stream().filter(each -> each.section() == section).toList();
      if (!here.isEmpty()) {
        lines.add(".SS " + quoted(section.title()));
        here.forEach(this::option);
      }
    }
  }

  private void option(Choice option) {
    String names = option.names().stream().map(ManPage::bold).collect(Collectors.joining(", "));
    String value = option.hasValue() ? " \\fI" + escaped(option.label()) + "\\fR" : "";
    entry(names + value, option.description());
  }

  private void example(String example) {
    String[] parts = example.split(" {2,}", 2);
    lines.add(".PP");
    lines.add(".nf");
    lines.add("    " + escaped(parts[0]));
    lines.add(".fi");
    if (parts.length > 1) {
      lines.add(".RS 8");
      text(parts[1]);
      lines.add(".RE");
    }
  }

  private void heading(String title) {
    lines.add(".SH " + quoted(title));
  }

  private void ownLine(String line) {
    lines.add(escaped(line));
    lines.add(".br");
  }

  private void entry(String term, String text) {
    lines.add(".TP");
    lines.add(term);
    text(text);
  }

  private void text(String text) {
    lines.add(escaped(text));
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String quoted(String text) {
    return "\"" + escaped(text).replace("\"", "\\(dq") + "\"";
  }

  /** A line must not begin with a control character, and a dash is a minus sign. */
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
