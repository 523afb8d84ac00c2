package dev.bulkdl.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulkdl.demo.DemoServer;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.Redaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Downloads generated files from a server of its own: a run that needs neither list nor network.
 *
 * @param again the command that repeats the demo, because failed.csv has no server later
 */
public record Demo(Settings settings, RunOutputs outputs, RunAgain again) {

  /** Serves, downloads, and returns the exit code. */
  public int run(Console console) {
    try (DemoServer server = DemoServer.start()) {
      return download(server, console);
    } catch (IOException e) {
      console.say("no port is available for the demo server: " + IoText.of(e));
      return ExitCode.DISK;
    }
  }

  private int download(DemoServer server, Console console) {
    Path folder = settings.disk().outputDir();
    console.note(
        "demo: %d generated files, %s, from a server at %s to %s"
            .formatted(
                server.fileCount(),
                HumanFormat.bytes(server.bytes()),
                server.root(),
                shown(folder)));
    ManifestInput manifest =
        new ManifestInput("-", new ByteArrayInputStream(server.manifest().getBytes(UTF_8)), false);
    return new ManifestDownload(
            manifest, settings, outputs, Optional.of("demo"), Optional.of(again))
        .run(console);
  }

  private static String shown(Path folder) {
    return Redaction.printable(folder.toAbsolutePath().normalize().toString());
  }
}
