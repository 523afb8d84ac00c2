package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static dev.bulkdl.report.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.report.ProgressLines.Detail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private static final long MIB = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Download download = download("a.bin");

  private ProgressLines lines(Detail detail) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressLines(out::println, detail, Duration.ofSeconds(2));
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void play(ProgressLines lines, Download download) {
    lines.onEvent(
        new TransferEvent.Retrying(
            download, download.origin(), 1, Samples.http(503), Duration.ofMillis(300)));
    lines.onEvent(new TransferEvent.Restarted(download, 2048, "another ETag"));
    lines.onEvent(new TransferEvent.OriginPaused(download.origin(), Duration.ofSeconds(2)));
    lines.onEvent(new TransferEvent.OutageBegan());
    lines.onEvent(new TransferEvent.OutageEnded(Duration.ofSeconds(75)));
    lines.onEvent(new TransferEvent.RowRejected(3, Map.of(), new Failure.Name("empty")));
    lines.onEvent(Samples.completed(download, 1024));
    lines.onEvent(Samples.failed(download, Samples.http(404)));
    lines.onEvent(Samples.runEnded());
  }

  @Test
  void tellsHowFarTheRunIs() {
    RunProgress progress =
        progress(Duration.ofSeconds(10), 340, new long[] {9, 2, 1, 0}, 100 * MIB, 420 * MIB, false);
    assertThat(ProgressText.progress(progress, 10 * MIB))
        .isEqualTo("12 of 340 files (1 failed), 100.0 MiB of 520.0 MiB, 10.0 MiB/s, ETA 0:42");
  }

  @Test
  void leavesOutWhatIsUnknown() {
    assertThat(ProgressText.progress(progress(Duration.ofSeconds(1), -1, 17, 5), 17))
        .isEqualTo("0 files, 17 B, 17 B/s");
    assertThat(ProgressText.progress(progress(Duration.ofSeconds(1), 5, 17, 5), 0))
        .isEqualTo("0 of 5 files, 17 B of 22 B, 0 B/s");
  }

  @Test
  void saysThatTheRunIsPaused() {
    RunProgress paused = progress(Duration.ofSeconds(1), 5, new long[4], 17, 5, true);
    assertThat(ProgressText.progress(paused, 3)).isEqualTo("0 of 5 files, 17 B of 22 B, paused");
  }

  @Test
  void printsAtMostOneLineAnInterval() {
    ProgressLines lines = lines(Detail.NORMAL);
    for (int millis = 0; millis <= 5000; millis += 250) {
      lines.onProgress(progress(Duration.ofMillis(millis), 5, millis, 0));
    }
    assertThat(printed())
        .containsExactly("0 of 5 files, 2.0 KiB, 1000 B/s", "0 of 5 files, 3.9 KiB, 1000 B/s");
  }

  @Test
  void smoothesTheRateOverFifteenSeconds() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onProgress(progress(Duration.ofSeconds(15), 5, 0, 0));
    lines.onProgress(progress(Duration.ofSeconds(30), 5, 1500, 0));
    assertThat(printed()).last().isEqualTo("0 of 5 files, 1.5 KiB, 100 B/s");
  }

  @Test
  void tellsOfFailuresOutagesAndTheEnd() {
    play(lines(Detail.NORMAL), download);
    assertThat(printed())
        .containsExactly(
            "no network: waiting for the probe URL",
            "network is back after 1:15",
            "failed: line 3: name: empty",
            "failed: a.bin: http: the server answered 404",
            "ended after 0:10: 1 completed, 0 skipped, 2 failed, 0 cancelled; 1.0 KiB");
  }

  @Test
  void tellsOfRetriesWhenVerbose() {
    play(lines(Detail.VERBOSE), download);
    assertThat(printed())
        .hasSize(8)
        .startsWith(
            "retry in 0.3 s: a.bin: http: the server answered 503",
            "starts again: a.bin: another ETag, 2.0 KiB discarded",
            "paused for 2.0 s: http://host.example:80");
  }

  @Test
  void saysNothingWhenQuiet() {
    ProgressLines lines = lines(Detail.QUIET);
    lines.onProgress(progress(Duration.ofSeconds(10), 5, 0, 0));
    play(lines, download);
    assertThat(printed()).isEmpty();
  }

  @Test
  void printsNoProgressAfterTheEnd() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onEvent(Samples.runEnded());
    lines.onProgress(progress(Duration.ofSeconds(10), 5, 0, 0));
    assertThat(printed()).hasSize(1);
  }

  @Test
  void showsNeitherSecretsNorTerminalEscapes() {
    ProgressLines lines = lines(Detail.VERBOSE);
    Download awkward = download("a\u202eb", Samples.SECRET_URL);
    lines.onEvent(new TransferEvent.Restarted(awkward, 1, Samples.SECRET_URL + " \u001b[2J"));
    lines.onEvent(Samples.failed(awkward, new Failure.Tls(Samples.SECRET_URL + " \u009b")));
    assertThat(printed()).hasSize(2);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .doesNotContain(Samples.SECRET, "\u001b", "\u009b", "\u202e")
        .contains("failed: a\\u202eb: tls:");
  }
}
