package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.IntervalLog;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a run leaves for those who want to know more of it. */
class ReportsIT extends EndToEnd {

  @Test
  void latencyLogHoldsWhatReportJsonSumsUp() {
    server.serve("/a", new Payload(1, 3 * MIB)).serve("/b", new Payload(2, 5000));
    manifest(
        "files.csv", List.of("filename,url", "a," + server.uri("/a"), "b," + server.uri("/b")));
    Result result = run("files.csv", "-s", 1);
    assertThat(result.exit()).as(result.err()).isZero();
    JsonNode report = out("files").report();
    JsonNode latencies = report.get("latencyMillis");
    assertThat(IntervalLog.counts(out("files").own("latency.hlog")))
        .isEqualTo(
            Map.of(
                "connect",
                latencies.at("/connect/count").asLong(),
                "firstByte",
                2L,
                "file",
                2L,
                "rate",
                report.at("/connectionBytesPerSecond/millis").asLong()));
    JsonNode server = report.get("hosts").get(this.server.origin());
    assertThat(server.get("contents").asLong()).isEqualTo(2);
    assertThat(server.get("bytes").asLong()).isEqualTo(3 * MIB + 5000);
    assertThat(server.get("bytesPerSecond").asLong()).isPositive();
  }

  /** The files are there, and the exit code says that something of the disk is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"report.html", "report.json"})
  void aReportThatCannotBeWrittenEndsNoDownload(String name) throws IOException {
    Payload payload = new Payload(1, 5000);
    server.serve("/a", payload);
    manifestOf("a", "/a");
    Files.createDirectories(out("files").own(name).resolve("in the way"));
    Result result = run("files.csv");
    assertThat(result.exit()).as(result.err()).isEqualTo(4);
    assertThat(result.err()).contains(name + " cannot be written: ");
    assertThat(out("files").file("a")).hasSize(5000);
    assertThat(out("files").result("a")).containsEntry("status", "completed");
  }
}
