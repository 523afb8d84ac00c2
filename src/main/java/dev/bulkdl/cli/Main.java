package dev.bulkdl.cli;

import dev.bulkdl.control.ThreadSupply;
import dev.bulkdl.log.LibraryLog;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.text.NameEncoding;
import dev.bulkdl.text.Redaction;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The entry point of the program. */
public final class Main {

  private static final Set<String> ASKING_FOR_HELP = Set.of("help", "--help", "-h");

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Without this setting JNA runs a program to find the folders of libraries, which takes 40 ms.
    // The C library is part of the process already.
    System.setProperty("jna.platform.library.path", "/");
    boolean isUtf8 = NameEncoding.holdsEveryName();
    Restart.attempt(arguments, isUtf8);
    if (!isUtf8) {
      refuseWhatTheLocaleLacks(arguments);
    }
    // Without this setting Jetty asks the JVM's management beans. Loading them takes longer than
    // loading Jetty.
    System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    LibraryLog.choose();
    Terminal terminal = new Terminal(System.in, System.out, System.err, System.getenv());
    System.exit(runWithThreads(arguments, terminal));
  }

  private static int runWithThreads(String[] arguments, Terminal terminal) {
    try {
      return run(arguments, System.getenv(), terminal);
    } catch (OutOfMemoryError e) {
      if (!ThreadSupply.isLack(e)) {
        throw e;
      }
      terminal.say(ThreadSupply.TOO_FEW);
      return ExitCode.DISK;
    } catch (LinkageError e) {
      return bug(e, terminal.err()); // a part of Java is missing in this runtime
    }
  }

  /**
   * Refuses arguments and variables that the JVM could not decode. The JVM has replaced the
   * undecodable characters, so the text would name other files.
   */
  private static void refuseWhatTheLocaleLacks(String[] arguments) {
    NameEncoding encoding = NameEncoding.ofProcess();
    Stream<String> options =
        System.getenv().entrySet().stream()
            .filter(variable -> EnvironmentDefaults.isOurs(variable.getKey()))
            .map(Map.Entry::getValue);
    Stream.concat(Arrays.stream(arguments), options)
        .flatMap(given -> encoding.problem(given).stream())
        .findFirst()
        .ifPresent(
            problem -> {
              System.err.println("bulkdl: " + Redaction.ofCommandLine(problem));
              System.exit(ExitCode.USAGE);
            });
  }

  /** Runs a command. Reads and changes no static state. */
  static int run(String[] arguments, Map<String, String> environment, Terminal terminal) {
    ConfigFile config;
    try {
      config = asksForHelp(arguments) ? ConfigFile.NONE : config(arguments, environment);
    } catch (ConfigFile.Refused e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment, config);
    CommandLine line = Commands.line(terminal, defaults, name -> mayUse(arguments, name));
    try {
      checkNames(config, line, terminal);
    } catch (ConfigFile.Refused e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
    UsageMessage message = new UsageMessage(new GivenArguments(List.of(arguments)));
    line.setParameterExceptionHandler(
        (e, given) -> usageError(e, message.of(e), defaults, terminal.err()));
    line.setExecutionStrategy(parsed -> execute(parsed, environment, terminal));
    line.setExecutionExceptionHandler((e, command, parsed) -> bug(e, terminal.err()));
    int code = line.execute(DiskOptions.withValues(arguments));
    return printsASummaryOnly(line.getParseResult()) ? code : written(code, terminal);
  }

  /** Returns the configuration file, whose lines all name an option. */
  private static ConfigFile config(String[] arguments, Map<String, String> environment)
      throws ConfigFile.Refused {
    Optional<Path> named = ConfigFile.named(List.of(arguments), environment);
    Optional<Path> path = named.or(() -> ConfigFile.usualPath(environment));
    return path.isEmpty() ? ConfigFile.NONE : ConfigFile.read(path.get(), named.isPresent());
  }

  /** Reads the options of all commands only if this command has not all of the file's. */
  private static void checkNames(ConfigFile config, CommandLine line, Terminal terminal)
      throws ConfigFile.Refused {
    if (!config.hasOnly(Commands.settable(line))) {
      config.check(Commands.settable(whole(terminal)));
    }
  }

  private static CommandLine whole(Terminal terminal) {
    return Commands.line(terminal, new EnvironmentDefaults(Map.of()), name -> true);
  }

  private static int execute(
      ParseResult parsed, Map<String, String> environment, Terminal terminal) {
    CommandLine line = parsed.commandSpec().commandLine();
    if (parsed.asCommandLineList().stream().noneMatch(Main::isAskedForHelp)) {
      if (!isQuiet(parsed)) {
        JavaWarning.current().ifPresent(warning -> terminal.say("warning: " + warning));
        UnknownVariables.warnings(environment.keySet(), line, () -> whole(terminal))
            .forEach(terminal::say);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static boolean isQuiet(ParseResult parsed) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return last.hasMatchedOption("--quiet");
  }

  private static boolean isAskedForHelp(CommandLine line) {
    return line.isUsageHelpRequested() || line.isVersionHelpRequested();
  }

  /** A run whose reader has gone is complete all the same: its results are on the disk. */
  private static boolean printsASummaryOnly(@Nullable ParseResult parsed) {
    if (parsed == null) {
      return false;
    }
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return last.commandSpec().userObject() instanceof SummaryPrinter printer
        && printer.printsASummaryOnly()
        && !last.isUsageHelpRequested()
        && !last.isVersionHelpRequested();
  }

  /** A result that did not reach its reader, on a full disk or a closed pipe, is no success. */
  private static int written(int code, Terminal terminal) {
    if (!terminal.hasLostOutput()) {
      return code;
    }
    terminal.say(
        "standard output cannot be written (a full disk or a closed pipe): what was printed there"
            + " is incomplete");
    return ExitCode.orUnwritten(code);
  }

  /**
   * Returns true if the arguments may use this command. Reading the options of one command takes a
   * tenth of the start time, so only help reads those of all commands.
   */
  private static boolean mayUse(String[] arguments, String command) {
    return asksForHelp(arguments) || List.of(arguments).contains(command);
  }

  private static boolean asksForHelp(String[] arguments) {
    return Arrays.stream(arguments).anyMatch(ASKING_FOR_HELP::contains);
  }

  /** Prints one line that names the option, the wrong value and a correct one. */
  private static int usageError(
      ParameterException e, String message, EnvironmentDefaults defaults, PrintStream err) {
    String from =
        e.getArgSpec() instanceof OptionSpec option
            ? defaults
                .source(option, e.getValue())
                .map(
                    given ->
                        "from "
                            + (given.isFromEnvironment() ? "the environment, " : "")
                            + given.place()
                            + ": ")
                .orElse("")
            : "";
    err.println("bulkdl: " + Redaction.ofCommandLine(from + message));
    if (e.getArgSpec() == null) {
      err.println("bulkdl: see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  private static int bug(Throwable e, PrintStream err) {
    err.println("bulkdl: this is a bug; what was downloaded is kept and can be continued");
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    trace.toString().lines().map(Redaction::of).forEach(err::println);
    return ExitCode.FAILED;
  }
}
