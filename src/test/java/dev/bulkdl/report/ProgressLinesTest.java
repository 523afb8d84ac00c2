package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static dev.bulkdl.report.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.report.ProgressLines.Detail;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private static final long MIB = 1 << 20;

  private static final ProgressInterval INTERVAL =
      new ProgressInterval(Duration.ofSeconds(2), false);

  private Instant now = Samples.NOON;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Download download = download("a.bin");

  private ProgressLines lines(Detail detail) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressLines(out::println, detail, INTERVAL, () -> now);
  }

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void play(ProgressLines lines, Download download) {
    lines.onEvent(
        new TransferEvent.Retrying(
            download, download.origin(), 1, 10, Samples.http(503), Duration.ofMillis(300)));
    lines.onEvent(new TransferEvent.Restarted(download, 2048, "another ETag"));
    lines.onEvent(
        new TransferEvent.OriginPaused(
            download.origin(), Duration.ofSeconds(2), Samples.http(429)));
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
    assertThat(text(progress, 10 * MIB))
        .isEqualTo(
            "12 of 340 files (1 failed), 100.0 MiB of 520.0 MiB, 19 %, 10.0 MiB/s, ETA 0:42");
  }

  private static String text(RunProgress progress, long rate) {
    Forecast forecast =
        Forecast.of(progress, new Forecast.Speeds(rate, Map.of()), progress.elapsed());
    return ProgressText.progress(progress, rate, forecast, Optional.empty());
  }

  @Test
  void saysThatATotalIsAnEstimate() {
    RunProgress run =
        progress(
            Duration.ofSeconds(10),
            200,
            new long[] {16, 0, 0, 0},
            16 * MIB,
            0,
            false,
            new UnknownLengths(184, OptionalLong.of(MIB)));
    assertThat(text(run, 2 * MIB))
        .isEqualTo("16 of 200 files, 16.0 MiB of about 200.0 MiB, 8 %, 2.0 MiB/s, ETA 1:32");
  }

  @Test
  void leavesOutWhatIsUnknown() {
    assertThat(text(progress(Duration.ofSeconds(1), -1, 17, 5), 17))
        .isEqualTo("0 files, 17 B, 17 B/s");
    assertThat(text(progress(Duration.ofSeconds(1), 5, 17, 5), 0))
        .isEqualTo("0 of 5 files, 17 B of 22 B, 77 %, 0 B/s");
  }

  @Test
  void saysThatTheRunIsPaused() {
    RunProgress paused = progress(Duration.ofSeconds(1), 5, new long[4], 17, 5, true);
    assertThat(text(paused, 3)).isEqualTo("0 of 5 files, 17 B of 22 B, 77 %, paused by the user");
  }

  @Test
  void printsAtMostOneLineAnInterval() {
    ProgressLines lines = lines(Detail.NORMAL);
    for (int millis = 0; millis <= 5000; millis += 250) {
      lines.onProgress(progress(Duration.ofMillis(millis), 5, millis, 0));
    }
    assertThat(printed())
        .containsExactly(
            "0 of 5 files, 2.0 KiB of 2.0 KiB, 99 %, 1000 B/s, ETA 0:00",
            "0 of 5 files, 3.9 KiB of 3.9 KiB, 99 %, 1000 B/s, ETA 0:00");
  }

  @Test
  void theIntervalGrowsWithTheRunWhereNobodyLooks() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(all, true, StandardCharsets.UTF_8);
    ProgressLines lines =
        new ProgressLines(out::println, Detail.NORMAL, ProgressInterval.GROWING, () -> now);
    for (int second = 1; second <= 3600; second++) {
      lines.onProgress(progress(Duration.ofSeconds(second), 5, second, 10_000 - second));
    }
    assertThat(all.toString(StandardCharsets.UTF_8).lines()).hasSize(30 + 54 + 50);
  }

  private void sample(ProgressLines lines, int second, HostSnapshot... hosts) {
    RunProgress run = progress(Duration.ofSeconds(second), 1, 0, 0);
    lines.onProgress(Samples.with(run, hosts));
  }

  @Test
  void saysWhichRetryItWaitsForWhenNothingArrives() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onEvent(
        new TransferEvent.Retrying(
            download, download.origin(), 7, 10, Samples.http(503), Duration.ofSeconds(30)));
    Download other = download("b.bin");
    lines.onEvent(
        new TransferEvent.Retrying(
            other, other.origin(), 1, 10, new Failure.Reset("cut"), Duration.ofSeconds(40)));
    now = now.plusSeconds(7);
    sample(lines, 2);
    assertThat(printed())
        .containsExactly(
            "0 of 1 files, 0 B of 0 B, 0 %, 0 B/s;"
                + " waiting: retry 7 of 10 of a.bin in 0:23 (503), and 1 more");
    lines.onEvent(Samples.completed(download, 5));
    sample(lines, 4);
    assertThat(printed().getLast()).endsWith("; waiting: retry 1 of 10 of b.bin in 0:33 (reset)");
    now = now.plusSeconds(60);
    sample(lines, 6);
    assertThat(printed().getLast()).isEqualTo("0 of 1 files, 0 B of 0 B, 0 %, 0 B/s");
  }

  @Test
  void saysUntilWhenAHostIsPausedAndWhy() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onEvent(
        new TransferEvent.OriginPaused(
            download.origin(), Duration.ofSeconds(65), Samples.http(429)));
    HostSnapshot paused =
        new HostSnapshot(
            download.origin(),
            0,
            4,
            "",
            0,
            1,
            Optional.of(
                new Hold(Hold.Reason.SERVER, "429", now, Optional.of(now.plusMillis(64_500)))));
    sample(lines, 2, paused);
    String until =
        LocalTime.ofInstant(now.plusSeconds(65), ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("HH:mm:ss"));
    assertThat(printed().getLast())
        .isEqualTo(
            "0 of 1 files, 0 B of 0 B, 0 %, 0 B/s; host host.example paused until "
                + until
                + " (429)");
    sample(lines, 4);
    assertThat(printed().getLast()).isEqualTo("0 of 1 files, 0 B of 0 B, 0 %, 0 B/s");
  }

  @Test
  void saysThatThereIsNoNetwork() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onEvent(new TransferEvent.OutageBegan());
    sample(lines, 2);
    assertThat(printed().getLast()).endsWith("0 B/s; no network: waiting for the probe URL");
    lines.onEvent(new TransferEvent.OutageEnded(Duration.ofSeconds(9)));
    sample(lines, 4);
    assertThat(printed().getLast()).endsWith("0 B/s");
  }

  /** The rest of a stopped run ends as cancelled; the user cancelled none of it. */
  @Test
  void aStoppedRunSaysHowManyFilesAreNotFinished() {
    ProgressLines lines = lines(Detail.NORMAL);
    RunProgress run =
        progress(Duration.ofSeconds(2), 200, new long[] {1, 0, 1, 198}, 6 * MIB, 0, false);
    lines.onEvent(Samples.started("rows.csv", 200));
    lines.onEvent(Samples.completed(download, 5));
    lines.onEvent(Samples.failed(download("b"), Samples.http(404)));
    for (int i = 0; i < 100; i++) {
      lines.onEvent(Samples.cancelled(download("c" + i)));
    }
    lines.onProgress(Samples.stopped(run));
    lines.onEvent(Samples.runEnded());
    assertThat(printed())
        .endsWith(
            "2 of 200 files (1 failed), 6.0 MiB, stopping", "stopped; 198 not finished; 1 failed");
  }

  @Test
  void smoothesTheRateOverFifteenSeconds() {
    ProgressLines lines = lines(Detail.NORMAL);
    lines.onProgress(progress(Duration.ofSeconds(15), 5, 0, 0));
    lines.onProgress(progress(Duration.ofSeconds(30), 5, 1500, 0));
    assertThat(printed())
        .last()
        .isEqualTo("0 of 5 files, 1.5 KiB of 1.5 KiB, 99 %, 100 B/s, ETA 0:00");
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
            "ended after 0:10; 2 failed");
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

  @Test
  void aPauseSaysWhyAndWhenItGoesOn() {
    ProgressLines lines = lines(Detail.NORMAL);
    Hold window = new Hold(Hold.Reason.WINDOW, "outside until 22:00", now, Optional.empty());
    Hold user = Hold.byUser(now);
    lines.onEvent(new TransferEvent.HoldBegan(window));
    lines.onEvent(new TransferEvent.HoldBegan(user));
    lines.onEvent(new TransferEvent.HoldEnded(window));
    lines.onEvent(new TransferEvent.HoldEnded(user));
    assertThat(printed())
        .containsExactly(
            "paused: outside until 22:00",
            "paused by the user",
            "still paused by the user",
            "goes on");
  }
}
