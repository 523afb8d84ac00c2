package dev.bulkdl.cli;

import dev.bulkdl.app.Demo;
import dev.bulkdl.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bulkdl demo}: a run that needs neither a manifest nor a network. */
@Command(
    name = "demo",
    customSynopsis = "bulkdl demo [OPTIONS]",
    sortOptions = false,
    description = {
      "Start a server on this machine that generates 7 files, and download them.",
      "They go into " + DemoCommand.FOLDER + " in the current folder unless -d says otherwise."
    })
final class DemoCommand implements Callable<Integer>, SummaryPrinter {

  static final String FOLDER = "bulkdl-demo";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private RecordOptions records;
  @Mixin private OutputOptions output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public boolean printsASummaryOnly() {
    return !output.json();
  }

  @Override
  public Integer call() {
    TerminalConsole console = output.console(terminal);
    Settings settings =
        engine
            .settings(disk.settings(disk.outputDir(Path.of(FOLDER))), console)
            .with(records.settings());
    return new Demo(settings, output.outputs(), SameCommand.unchanged(spec)).run(console);
  }
}
