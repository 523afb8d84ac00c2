package dev.bulkdl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion SHELL}: prints a script that completes commands and options. */
@Command(
    name = "completion",
    customSynopsis = "bulkdl completion bash|zsh|fish",
    description = "Print a script that completes commands and options in a shell.",
    footer = {
      "",
      "bash: source <(bulkdl completion bash)",
      "zsh:  bulkdl completion zsh > a folder of $fpath, as _bulkdl",
      "fish: bulkdl completion fish > ~/.config/fish/completions/bulkdl.fish"
    })
final class CompletionCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private String shell;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<CommandModel> commands = CommandModel.all(terminal);
    String script =
        switch (shell) {
          case "bash" -> BashCompletion.script(commands);
          case "zsh" -> ZshCompletion.script(commands);
          case "fish" -> FishCompletion.script(commands);
          default ->
              throw new ParameterException(
                  spec.commandLine(), "completion is for bash, zsh or fish");
        };
    terminal.out().print(script);
    return 0;
  }
}
