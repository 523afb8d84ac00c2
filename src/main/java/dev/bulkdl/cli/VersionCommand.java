package dev.bulkdl.cli;

import dev.bulkdl.engine.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code version}: prints the versions of this program and of its Java runtime. */
@Command(
    name = "version",
    description = "Print the versions of bulkdl and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {

  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().println("bulkdl " + ProgramVersion.text());
    terminal.out().println("Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"));
    return 0;
  }
}
