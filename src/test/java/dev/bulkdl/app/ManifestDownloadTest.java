package dev.bulkdl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.report.LogFormat;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads a manifest with all files of a run, from Java and without the command line. */
class ManifestDownloadTest {

  private static final Payload PAYLOAD = new Payload(1, 300_000);

  @TempDir Path temp;
  private final SilentConsole console = new SilentConsole();

  @Test
  void downloadsAManifestAndKeepsEveryFileOfTheRun() throws IOException {
    try (FaultServer server = FaultServer.http().serve("/a", PAYLOAD).serve("/b", PAYLOAD)) {
      Path manifest =
          Files.writeString(
              temp.resolve("files.csv"),
              "filename,url\na,%s\nx/b,%s\n".formatted(server.uri("/a"), server.uri("/b")));

      int exit = download(manifest, false);

      assertThat(exit).isZero();
    }
    Path out = temp.resolve("out");
    Trees.assertHolds(out, Map.of("a", PAYLOAD, "x/b", PAYLOAD));
    assertThat(out.resolve(".bulkdl"))
        .isDirectoryContaining("glob:**/results.csv")
        .isDirectoryContaining("glob:**/report.json")
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/latency.hlog")
        .isDirectoryContaining("glob:**/run.log");
    assertThat(console.lines()).first().asString().startsWith("files").contains("2 of 2");
    assertThat(console.messages()).isEmpty();
  }

  @Test
  void aWrongManifestIsSaidWithItsLineBeforeAnyRequest() throws IOException {
    try (FaultServer server = FaultServer.http().serve("/a", PAYLOAD)) {
      Path manifest =
          Files.writeString(
              temp.resolve("files.csv"), "filename,url\n../a,%s\n".formatted(server.uri("/a")));

      assertThat(download(manifest, false)).isEqualTo(2);

      assertThat(server.requests()).isEmpty();
    }
    assertThat(console.messages()).first().asString().contains("files.csv: line 2");
  }

  @Test
  void aRowThatFailsForGoodMakesTheExitCode() throws IOException {
    try (FaultServer server = FaultServer.http().serve("/a", PAYLOAD)) {
      server.always("/a", new Fault.Status(404));
      Path manifest =
          Files.writeString(
              temp.resolve("files.csv"), "filename,url\na,%s\n".formatted(server.uri("/a")));

      assertThat(download(manifest, false)).isEqualTo(1);
    }
    assertThat(Files.readString(temp.resolve("out/.bulkdl/failed.csv"))).contains("/a");
  }

  private int download(Path manifest, boolean skipBadRows) {
    RunLog.Style style = new RunLog.Style(LogFormat.TEXT, false, 0);
    RunOutputs quiet = RunOutputs.quiet(style);
    RunOutputs outputs =
        new RunOutputs(
            quiet.logFile(),
            style,
            quiet.metrics(),
            quiet.onFile(),
            quiet.onComplete(),
            RunOutputs.Summary.TEXT,
            java.util.Map.of());
    return new ManifestDownload(
            new ManifestInput(manifest.toString(), InputStream.nullInputStream(), skipBadRows),
            Settings.in(temp.resolve("out")),
            outputs)
        .run(console);
  }
}
