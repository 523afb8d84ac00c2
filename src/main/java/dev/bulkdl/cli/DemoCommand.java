package dev.bulkdl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.ExitCode;
import dev.bulkdl.cli.CheckedManifest.Folder;
import dev.bulkdl.demo.DemoServer;
import dev.bulkdl.model.Redaction;
import dev.bulkdl.model.Settings;
import dev.bulkdl.plan.ManifestCheck;
import dev.bulkdl.report.Humans;
import dev.bulkdl.report.SummaryText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bulkdl demo}: a run that needs neither a manifest nor a network. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start a server on this machine that generates 7 files, and download them.",
      "They go into " + DemoCommand.FOLDER + " in the current folder unless -d says otherwise."
    })
final class DemoCommand implements Callable<Integer> {

  static final String FOLDER = "bulkdl-demo";

  private final Terminal terminal;

  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private OutputOptions output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (DemoServer server = DemoServer.start()) {
      return download(server);
    } catch (IOException e) {
      terminal.say("no port of this machine can be had for the demo's server: " + e.getMessage());
      return ExitCode.DISK;
    }
  }

  private int download(DemoServer server) {
    Path folder = disk.outputDir(Path.of(FOLDER));
    InputStream manifest = new ByteArrayInputStream(server.manifest().getBytes(UTF_8));
    return CheckedManifest.use(
        terminal,
        "-",
        manifest,
        Folder.toFill(folder),
        false,
        checked -> run(checked, folder, server));
  }

  private int run(CheckedManifest checked, Path folder, DemoServer server) throws IOException {
    ManifestCheck check = checked.check();
    if (!output.quiet()) {
      terminal.say(
          "demo: %d generated files, %s, from a server at %s to %s"
              .formatted(
                  check.rowCount(),
                  Humans.bytes(check.knownBytes()),
                  server.root(),
                  shown(folder)));
    }
    Settings settings = engine.settings(disk.settings(folder));
    ReportedRun run =
        new ReportedRun(terminal, output, BulkDownloader.with(settings).build())
            .againBy("demo -d " + SummaryText.shellWord(folder)); // failed.csv has no server
    return checked.download(terminal, settings.disk(), run, "demo");
  }

  private static String shown(Path folder) {
    return Redaction.printable(folder.toAbsolutePath().normalize().toString());
  }
}
