package dev.bulkdl.cli;

import dev.bulkdl.app.FileDownload;
import dev.bulkdl.manifest.SingleRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Settings;
import dev.bulkdl.report.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl get URL}: downloads one file with the same engine and the same promises. */
@Command(
    name = "get",
    sortOptions = false,
    customSynopsis = "bulkdl get [OPTIONS] URL",
    description = "Download one URL, into the current folder unless -d says otherwise.")
final class GetCommand implements Callable<Integer>, SummaryPrinter {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "URL", description = "An http or https URL.")
  private String url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NAME",
      description = "The file's name (the URL's last part).")
  private @Nullable String name;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public boolean printsASummaryOnly() {
    return !output.json();
  }

  @Override
  public Integer call() {
    Download download;
    try {
      download = SingleRow.read(url, Optional.ofNullable(name));
    } catch (IllegalArgumentException e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
    TerminalConsole console = output.console(terminal);
    Settings settings = engine.settings(disk.settings(disk.outputDir(Path.of(""))), console);
    return new FileDownload(
            List.of(download), settings, output.outputs(), Optional.of(SameCommand.unchanged(spec)))
        .run(console);
  }
}
