package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.event.TransferEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportJsonTest {

  private static final List<String> H =
      List.of("count", "min", "mean", "p50", "p90", "p99", "p999", "max");

  private final RunStatistics statistics = new RunStatistics("1.2.3");

  @TempDir Path folder;

  @BeforeEach
  void aRun() {
    statistics.onEvent(Samples.started("rows.csv", 2));
    statistics.onEvent(new TransferEvent.Connected(Duration.ofMillis(20)));
    statistics.onEvent(
        new TransferEvent.Delivered(download("a.bin").origin(), 100, Duration.ofSeconds(2)));
    statistics.onEvent(Samples.completed(download("a.bin"), 100));
    statistics.onEvent(Samples.failed(download("b.bin"), Samples.http(404)));
    statistics.onEvent(Samples.runEnded());
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(ReportJson.render(statistics.report(1)));
  }

  @Test
  void hasTheFieldsOfTheContractFirstAndInOrder() {
    assertThat(json().propertyNames())
        .startsWith(
            "version",
            "manifest",
            "outputDir",
            "startedAt",
            "tls",
            "elapsedSeconds",
            "exitCode",
            "files",
            "bytes",
            "throughput",
            "latencyMillis",
            "retries",
            "failures",
            "hosts");
    assertThat(json().get("files").propertyNames())
        .containsExactly("total", "completed", "skipped", "failed", "cancelled");
    assertThat(json().get("bytes").propertyNames())
        .containsExactly("downloaded", "resumed", "discarded", "total");
    assertThat(json().get("throughput").propertyNames())
        .containsExactly("meanBytesPerSecond", "peakBytesPerSecond");
    assertThat(json().get("latencyMillis").propertyNames())
        .containsExactly("connect", "firstByte", "file");
    assertThat(json().get("latencyMillis"))
        .allSatisfy(h -> assertThat(h.propertyNames()).containsExactlyElementsOf(H));
    assertThat(json().get("hosts").get("http://host.example:80").propertyNames())
        .containsExactly("files", "bytes", "errors", "throttled");
  }

  @Test
  void hasTheValuesOfTheReport() {
    assertThat(json().get("startedAt").asString()).isEqualTo("2025-06-01T12:00:00Z");
    assertThat(json().get("elapsedSeconds").asDouble()).isEqualTo(10.0);
    assertThat(json().get("failures").get("http").asLong()).isEqualTo(1);
    assertThat(json().get("proofs").get("etag").asLong()).isEqualTo(1);
    assertThat(json().get("permanentFailures").asLong()).isEqualTo(1);
    assertThat(json().get("transientFailures").asLong()).isZero();
    assertThat(json().get("diskFailures").asLong()).isZero();
    assertThat(json().get("connectionBytesPerSecond").propertyNames())
        .containsExactly("millis", "min", "mean", "p1", "p10", "p50", "p90", "p99", "max");
    assertThat(json().get("servers").get("http://host.example:80").get("bytesPerSecond").asLong())
        .isEqualTo(50);
  }

  @Test
  void readsBackAsTheSameReport() {
    RunReport report = statistics.report(1);
    assertThat(JsonMapper.shared().readValue(ReportJson.render(report), RunReport.class))
        .isEqualTo(report);
  }

  @Test
  void isAsciiSoThatNoTerminalObeysIt() {
    statistics.onEvent(Samples.started("\u001b[2J\u009b\u202eä", 2));
    assertThat(ReportJson.render(statistics.report(1))).matches("[\\n\\r\\x20-\\x7e]*");
  }

  @Test
  void replacesAnEarlierReport() throws IOException {
    Files.writeString(folder.resolve("report.json"), "old");
    ReportJson.write(statistics.report(1), folder);
    assertThat(folder.resolve("report.json"))
        .hasContent(ReportJson.render(statistics.report(1)) + "\n");
    assertThat(folder).isDirectoryContaining("glob:**/report.json");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void saysWhenItCannotBeWritten() {
    assertThatThrownBy(() -> ReportJson.write(statistics.report(1), folder.resolve("gone")))
        .isInstanceOf(IOException.class);
  }
}
