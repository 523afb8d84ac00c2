package dev.bulkdl.cli;

import dev.bulkdl.engine.ProgramVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of the program, and the rules that hold for the options of all of them. */
final class Commands {

  /** What the user may call a command, and its name here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("download", "run", "fetch", "get", "check", "verify", "dryrun", "plan");

  private Commands() {}

  /**
   * Returns the command line of the program.
   *
   * @param wanted the commands to add. Reading the options of one takes a tenth of the start time
   */
  static CommandLine line(
      Terminal terminal, EnvironmentDefaults defaults, Predicate<String> wanted) {
    CommandLine line = new CommandLine(new RunCommand(terminal));
    all(terminal)
        .forEach(
            (name, command) -> {
              if (wanted.test(name)) {
                CommandLine added = subcommand(command.get());
                added.getCommandSpec().name(name);
                line.addSubcommand(name, added);
              }
            });
    line.setOut(terminal.writer(terminal.out())).setErr(terminal.writer(terminal.err()));
    line.setHelpFactory(PlainFlagsHelp::new);
    line.setUsageHelpWidth(100).setUsageHelpAutoWidth(false);
    List<CommandLine> every = new ArrayList<>(line.getSubcommands().values());
    every.add(line);
    every.forEach(each -> prepare(each, defaults));
    return line;
  }

  private static CommandLine subcommand(Object command) {
    return command instanceof CommandLine line ? line : new CommandLine(command);
  }

  /**
   * Gives a command the options and the rules of all: flags may have a value, the last value of a
   * repeated option wins, a leading {@code ~/} is the home folder, and {@code @file} is not
   * replaced by the words of a file.
   */
  static void prepare(CommandLine line, EnvironmentDefaults defaults) {
    if (!line.getCommandSpec().helpCommand()) {
      line.addMixin("general", new GeneralOptions());
    }
    Flag.adapt(line.getCommandSpec());
    HelpText.install(line);
    line.setOverwrittenOptionsAllowed(true);
    line.setExpandAtFiles(false);
    line.registerConverter(Path.class, new UserPath());
    line.setDefaultValueProvider(defaults);
    line.getCommandSpec().version("bulkdl " + ProgramVersion.text());
  }

  /** Returns the long names of the options of all commands that a file or a variable may set. */
  static Set<String> settable(CommandLine line) {
    return Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  /** Returns the command that the user probably meant by this word. */
  static Optional<String> similar(String word) {
    List<String> words = new ArrayList<>(CommandNames.ALL);
    words.addAll(ELSEWHERE.keySet());
    return Suggestion.closest(word, words).map(name -> ELSEWHERE.getOrDefault(name, name));
  }

  private static Map<String, Supplier<Object>> all(Terminal terminal) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("run", () -> new RunCommand(terminal));
    commands.put("get", () -> new GetCommand(terminal));
    commands.put("plan", () -> new PlanCommand(terminal));
    commands.put("verify", () -> new VerifyCommand(terminal));
    commands.put("inventory", () -> new InventoryCommand(terminal));
    commands.put("bench", () -> BenchCommand.line(terminal));
    commands.put("demo", () -> new DemoCommand(terminal));
    commands.put("serve", () -> new ServeCommand(terminal));
    commands.put("user", () -> new UserCommand(terminal));
    commands.put("job", () -> new JobCommand(terminal));
    commands.put("config", () -> new ConfigCommand(terminal));
    commands.put("completion", () -> new CompletionCommand(terminal));
    commands.put("man", () -> new ManCommand(terminal));
    commands.put("help", CommandLine.HelpCommand::new);
    commands.put("version", () -> new VersionCommand(terminal));
    return commands;
  }
}
