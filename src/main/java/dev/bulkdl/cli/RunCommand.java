package dev.bulkdl.cli;

import dev.bulkdl.app.ManifestDownload;
import dev.bulkdl.app.ManifestInput;
import dev.bulkdl.app.ManifestWatch;
import dev.bulkdl.app.OutputDirs;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkdl MANIFEST} and {@code bulkdl run MANIFEST}: downloads a manifest. */
@Command(
    name = "bulkdl",
    sortOptions = false,
    customSynopsis = {"bulkdl [OPTIONS] MANIFEST", "bulkdl COMMAND [OPTIONS] [ARGUMENT]"},
    description = {
      "Download every row of a manifest; run it again to go on where it was cut.",
      "Files go into a folder with the manifest's name without its ending, unless -d says otherwise."
    },
    footer = {
      "",
      "Sizes: K M G T are powers of 1024. Durations: 500ms 5s 2m 1h.",
      "Every option can come from the environment: --max-files as BULKDL_MAX_FILES.",
      "Exit codes: 0 all there, 1 a row failed for good, 2 usage or manifest, 3 run it again,",
      "4 local disk, 129/130/143 stopped by a signal."
    })
final class RunCommand implements Callable<Integer>, SummaryPrinter {

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private RecordOptions records;
  @Mixin private OrderOption order;
  @Mixin private RunOptions run;
  @Mixin private ScheduleOptions schedule;
  @Mixin private WatchOption watch;
  @Mixin private OutputOptions output;

  @Parameters(
      arity = "0..1",
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location = "";

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public boolean printsASummaryOnly() {
    return !output.json();
  }

  @Override
  public Integer call() {
    String manifest = ManifestArgument.checked(location, spec);
    Path folder = disk.outputDir(OutputDirs.forManifest(manifest));
    TerminalConsole console = output.console(terminal);
    Settings settings =
        engine
            .settings(disk.settings(folder), console)
            .with(records.settings())
            .with(schedule.schedule(engine.zone()));
    ManifestInput input =
        new ManifestInput(manifest, terminal.in(), run.skipBadRows(), order.order());
    Optional<Duration> every = watch.every();
    if (every.isEmpty()) {
      return download(input, settings).run(console);
    }
    if (manifest.equals("-")) {
      throw new ParameterException(
          spec.commandLine(),
          "--watch reads the list again, and standard input can be read once; give a file");
    }
    DiskSettings changed = settings.disk().with(settings.disk().existing().withIfModified(true));
    return new ManifestWatch(download(input, settings.with(changed)), every.get(), engine.zone())
        .run(console);
  }

  private ManifestDownload download(ManifestInput input, Settings settings) {
    return new ManifestDownload(input, settings, output.outputs()).with(SameCommand.withList(spec));
  }
}
