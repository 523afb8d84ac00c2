package dev.bulkdl.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.testkit.MetricsText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {

  private static final Outcome.Effort EFFORT =
      new Outcome.Effort(10, 20, 3, 1, 1, RangeSupport.UNKNOWN, Duration.ZERO);

  @TempDir Path folder;

  private final RunMetrics metrics = new RunMetrics("1.0", () -> Instant.EPOCH);

  private MetricsText scrape() {
    return MetricsText.parse(metrics.scrape());
  }

  private static Origin origin(int number) {
    return new Origin("https", "h" + number + ".example", 443);
  }

  private static String of(int number, String metric) {
    return "bulkdl_host_" + metric + "{host=\"https://h" + number + ".example:443\"}";
  }

  private void show(long files, OptionalLong free, HostSnapshot... hosts) {
    metrics.onProgress(
        new RunProgress(
            Duration.ofSeconds(1),
            files,
            1,
            2,
            3,
            4,
            5,
            6,
            0,
            OptionalLong.empty(),
            List.of(Hold.byUser(Instant.EPOCH)),
            false,
            7,
            8,
            9,
            free,
            List.of(hosts),
            List.of()));
  }

  private static HostSnapshot host(int number, int connections, long received, Duration pause) {
    return new HostSnapshot(
        origin(number),
        connections,
        9,
        "climbing",
        received,
        0,
        Optional.of(
            new Hold(
                Hold.Reason.SERVER, "503", Instant.EPOCH, Optional.of(Instant.EPOCH.plus(pause)))));
  }

  @Test
  void areThereBeforeTheRunBegins() {
    MetricsText text = scrape();
    assertThat(text.value("bulkdl_received_bytes_total")).contains(0.0);
    assertThat(text.value("bulkdl_files{status=\"pending\"}").orElseThrow()).isNaN();
    assertThat(text.types())
        .containsEntry("bulkdl_connect_duration_seconds", "histogram")
        .containsEntry("bulkdl_first_byte_duration_seconds", "histogram")
        .containsEntry("bulkdl_file_duration_seconds", "histogram");
  }

  @Test
  void areWhatTheRunLastShowed() {
    show(20, OptionalLong.of(1000));
    MetricsText text = scrape();
    assertThat(text.value("bulkdl_files{status=\"completed\"}")).contains(1.0);
    assertThat(text.value("bulkdl_files{status=\"skipped\"}")).contains(2.0);
    assertThat(text.value("bulkdl_files{status=\"failed\"}")).contains(3.0);
    assertThat(text.value("bulkdl_files{status=\"cancelled\"}")).contains(4.0);
    assertThat(text.value("bulkdl_files{status=\"pending\"}")).contains(10.0);
    assertThat(text.value("bulkdl_received_bytes_total")).contains(5.0);
    assertThat(text.value("bulkdl_remaining_bytes")).contains(6.0);
    assertThat(text.value("bulkdl_paused")).contains(1.0);
    assertThat(text.value("bulkdl_retries_total")).contains(7.0);
    assertThat(text.value("bulkdl_connections")).contains(8.0);
    assertThat(text.value("bulkdl_connections_allowed")).contains(9.0);
    assertThat(text.value("bulkdl_disk_free_bytes")).contains(1000.0);
  }

  @Test
  void whatIsNotKnownIsNoNumber() {
    show(-1, OptionalLong.empty());
    assertThat(scrape().value("bulkdl_files{status=\"pending\"}").orElseThrow()).isNaN();
    assertThat(scrape().value("bulkdl_disk_free_bytes").orElseThrow()).isNaN();
  }

  @Test
  void latenciesAreCountedByTheEventsThatTellThem() {
    metrics.onEvent(new TransferEvent.Connected(Duration.ofMillis(3)));
    metrics.onEvent(new TransferEvent.Connected(Duration.ofHours(1)));
    MetricsText text = scrape();
    String name = "bulkdl_connect_duration_seconds";
    assertThat(text.value(name + "_bucket{le=\"0.002\"}")).contains(0.0);
    assertThat(text.value(name + "_bucket{le=\"0.005\"}")).contains(1.0);
    assertThat(text.value(name + "_bucket{le=\"60.0\"}")).contains(1.0);
    assertThat(text.value(name + "_count")).contains(2.0);
    assertThat(text.value(name + "_sum").orElseThrow()).isEqualTo(3600.003);
  }

  @Test
  void whatTheUserCallsTheManifestHoldsNoSecret() {
    metrics.onEvent(
        new TransferEvent.RunStarted(
            "id", "http://me:s3cret@h/\"x\".csv", Path.of(""), 1, Instant.EPOCH));
    assertThat(
            scrape().value("bulkdl_run_info{manifest=\"http://h/\\\"x\\\".csv\",version=\"1.0\"}"))
        .contains(1.0);
  }

  /** Delivered bytes are exact; bytes in progress are sampled. The counter never decreases. */
  @Test
  void bytesOfAnOriginAreThoseDeliveredAndThoseSeenUnderWay() {
    show(1, OptionalLong.empty(), host(1, 2, 500, Duration.ofSeconds(3)));
    assertThat(scrape().value(of(1, "received_bytes_total"))).contains(500.0);
    assertThat(scrape().value(of(1, "connections"))).contains(2.0);
    assertThat(scrape().value(of(1, "paused_seconds"))).contains(3.0);
    metrics.onEvent(new TransferEvent.Delivered(origin(1), 800, Duration.ZERO));
    show(1, OptionalLong.empty());
    assertThat(scrape().value(of(1, "received_bytes_total"))).contains(800.0);
    assertThat(scrape().value(of(1, "connections"))).contains(0.0);
    assertThat(scrape().value(of(1, "paused_seconds"))).contains(0.0);
    show(1, OptionalLong.empty(), host(1, 1, 100, Duration.ZERO));
    assertThat(scrape().value(of(1, "received_bytes_total"))).contains(800.0);
  }

  @Test
  void originsPastTheFirstHundredShareALabel() {
    for (int i = 0; i < 300; i++) {
      metrics.onEvent(new TransferEvent.Delivered(origin(i), 1, Duration.ZERO));
    }
    show(
        1,
        OptionalLong.empty(),
        host(99, 1, 50, Duration.ZERO),
        host(200, 2, 70, Duration.ofSeconds(4)),
        host(201, 3, 90, Duration.ofSeconds(2)));
    MetricsText text = scrape();
    String others = "{host=\"other\"}";
    assertThat(text.value("bulkdl_host_received_bytes_total" + others)).contains(200.0);
    assertThat(text.value("bulkdl_host_connections" + others)).contains(5.0);
    assertThat(text.value("bulkdl_host_paused_seconds" + others)).contains(4.0);
    assertThat(text.value(of(99, "received_bytes_total"))).contains(50.0);
    assertThat(text.value(of(100, "received_bytes_total"))).isEmpty();
    assertThat(text.samples())
        .filteredOn(sample -> sample.startsWith("bulkdl_host_connections{"))
        .hasSize(101);
  }

  @Test
  void failuresAreCountedByClassAndStatus() {
    Download file = Download.of("a", URI.create("http://h/a"));
    for (int status : new int[] {404, 404, 503}) {
      Failure failure = new Failure.Http(status, "", Optional.empty());
      metrics.onEvent(new TransferEvent.FileEnded(file, new Outcome.Failed(failure, EFFORT)));
    }
    metrics.onEvent(new TransferEvent.RowRejected(3, Map.of(), new Failure.Name("empty")));
    metrics.onEvent(
        new TransferEvent.FileEnded(file, new Outcome.Skipped(500, Proof.LENGTH, EFFORT)));
    MetricsText text = scrape();
    String failures = "bulkdl_failures_total{class=";
    assertThat(text.value(failures + "\"http\",code=\"404\"}")).contains(2.0);
    assertThat(text.value(failures + "\"http\",code=\"503\"}")).contains(1.0);
    assertThat(text.value(failures + "\"name\",code=\"none\"}")).contains(1.0);
    assertThat(text.value("bulkdl_skipped_bytes_total")).contains(500.0);
    assertThat(text.value("bulkdl_resumed_bytes_total")).contains(4 * 20.0);
    assertThat(text.value("bulkdl_discarded_bytes_total")).contains(4 * 3.0);
  }

  @Test
  void theFileHoldsTheLastStateAfterTheEndAndNoDraftIsLeft() throws IOException {
    Path file = folder.resolve("bulkdl.prom");
    try (Metrics written = new Metrics("1.0")) {
      written.writeTo(file);
      assertThat(file).content().contains("bulkdl_received_bytes_total 0.0");
      assertThat(written.listeners()).hasSize(2);
      written
          .listeners()
          .forEach(each -> each.onEvent(new TransferEvent.RunEnded(Instant.EPOCH, Duration.ZERO)));
    }
    assertThat(file).content().contains("bulkdl_run_end_time_seconds 0.0");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
    Path nowhere = folder.resolve("gone/bulkdl.prom");
    assertThatThrownBy(() -> new Metrics("1.0").writeTo(nowhere)).isInstanceOf(IOException.class);
  }
}
