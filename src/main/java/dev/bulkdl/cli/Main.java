package dev.bulkdl.cli;

import dev.bulkdl.ExitCode;
import dev.bulkdl.ProgramVersion;
import dev.bulkdl.model.Redaction;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The program. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Or Jetty asks the JVM's management for it, which takes longer to load than all of Jetty.
    System.setProperty("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    Terminal terminal = new Terminal(System.in, System.out, System.err);
    System.exit(run(arguments, System.getenv(), terminal));
  }

  /** Runs a command; nothing static is read or changed. */
  static int run(String[] arguments, Map<String, String> environment, Terminal terminal) {
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
    CommandLine line =
        new CommandLine(new RunCommand(terminal))
            .addSubcommand("run", new RunCommand(terminal))
            .addSubcommand("get", new GetCommand(terminal))
            .addSubcommand("plan", new PlanCommand(terminal))
            .addSubcommand("verify", new VerifyCommand(terminal))
            .addSubcommand("bench", BenchCommand.line(terminal))
            .addSubcommand("demo", new DemoCommand(terminal))
            .addSubcommand("help", new CommandLine.HelpCommand())
            .addSubcommand("version", new VersionCommand(terminal));
    line.setOut(terminal.writer(terminal.out())).setErr(terminal.writer(terminal.err()));
    line.getSubcommands().values().forEach(command -> command.setDefaultValueProvider(defaults));
    line.setDefaultValueProvider(defaults);
    line.setHelpFactory(PlainFlagsHelp::new);
    line.setUsageHelpWidth(100).setUsageHelpAutoWidth(false);
    line.setParameterExceptionHandler((e, given) -> usageError(e, defaults, terminal.err()));
    line.setExecutionExceptionHandler((e, command, parsed) -> bug(e, terminal.err()));
    line.getCommandSpec().version("bulkdl " + ProgramVersion.text());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().version("bulkdl " + ProgramVersion.text()));
    return line.execute(arguments);
  }

  /** One line that names the option, the value and a right one. */
  private static int usageError(
      ParameterException e, EnvironmentDefaults defaults, PrintStream err) {
    String from =
        e.getArgSpec() instanceof OptionSpec option
            ? defaults
                .source(option, e.getValue())
                .map(variable -> "from the environment, " + variable + ": ")
                .orElse("")
            : "";
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    err.println("bulkdl: " + Redaction.ofCommandLine(from + message));
    if (e.getArgSpec() == null) {
      err.println("bulkdl: see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  private static int bug(Exception e, PrintStream err) {
    err.println("bulkdl: this is a bug; what was downloaded is kept and can be continued");
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    trace.toString().lines().map(Redaction::of).forEach(err::println);
    return ExitCode.FAILED;
  }
}
