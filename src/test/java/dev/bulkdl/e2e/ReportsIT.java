package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.IntervalLog;
import dev.bulkdl.testkit.Payload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    JsonNode server = report.get("servers").get(this.server.origin());
    assertThat(server.get("contents").asLong()).isEqualTo(2);
    assertThat(server.get("bytes").asLong()).isEqualTo(3 * MIB + 5000);
    assertThat(server.get("bytesPerSecond").asLong()).isPositive();
  }
}
