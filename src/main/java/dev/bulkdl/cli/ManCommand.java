package dev.bulkdl.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code man}: prints the manual page. */
@Command(
    name = "man",
    customSynopsis = "bulkdl man",
    description = "Print the manual page.",
    footer = {"", "To read it: bulkdl man | man -l -    To install it: bulkdl man > bulkdl.1"})
final class ManCommand implements Callable<Integer> {

  private final Terminal terminal;

  ManCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(ManPage.text(CommandModel.all(terminal)));
    return 0;
  }
}
