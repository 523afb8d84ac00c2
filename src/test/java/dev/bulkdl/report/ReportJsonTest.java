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
import java.util.Map;
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
        .containsExactly(
            "files",
            "bytes",
            "errors",
            "throttled",
            "contents",
            "connectionSeconds",
            "bytesPerSecond",
            "connections");
  }

  @Test
  void saysWhatEndedAndWhatFailed() {
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                ReportJson.render(statistics.report(1).withOptions(Map.of("max-files", "4"))));
    assertThat(json.get("schemaVersion").asInt()).isEqualTo(2);
    assertThat(json.get("runId").asString()).isEqualTo("id");
    assertThat(json.get("state").asString()).isEqualTo("ended");
    assertThat(json.get("endedAt").asString()).isEqualTo("2025-06-01T12:00:10Z");
    assertThat(json.get("options").get("max-files").asString()).isEqualTo("4");
    assertThat(json.has("servers")).isFalse();
    JsonNode group = json.get("failureGroups").get(0);
    assertThat(group.get("errorClass").asString()).isEqualTo("http");
    assertThat(group.get("status").asInt()).isEqualTo(404);
    assertThat(group.get("files").asInt()).isEqualTo(1);
    JsonNode file = json.get("failedFiles").get(0);
    assertThat(file.get("name").asString()).isEqualTo("b.bin");
    assertThat(file.get("url").asString()).isEqualTo("http://host.example/b.bin");
  }

  /** After a kill this file says that the run did not end. */
  @Test
  void isWrittenWhenTheRunBegins() throws IOException {
    ReportAtStart start = new ReportAtStart(folder, "1.2.3", Map.of("max-files", "4"));
    start.onEvent(Samples.started("rows.csv", 2));
    start.close();
    assertThat(start.failure()).isEmpty();
    JsonNode json = JsonMapper.shared().readTree(folder.resolve("report.json").toFile());
    assertThat(json.get("state").asString()).isEqualTo("running");
    assertThat(json.get("runId").asString()).isEqualTo("id");
    assertThat(json.get("endedAt").isNull()).isTrue();
    assertThat(json.get("exitCode").asInt()).isEqualTo(-1);
    assertThat(json.get("options").get("max-files").asString()).isEqualTo("4");
    ReportAtStart nowhere = new ReportAtStart(folder.resolve("gone"), "1.2.3", Map.of());
    nowhere.onEvent(Samples.started("rows.csv", 2));
    nowhere.close();
    assertThat(nowhere.failure()).isPresent();
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
    assertThat(json().get("hosts").get("http://host.example:80").get("bytesPerSecond").asLong())
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
