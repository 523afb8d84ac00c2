package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bulkdl.model.Failure;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.IntervalLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output of a bench for fixed numbers. */
class BenchReportTest {

  private static final BenchPlan PLAN =
      new BenchPlan(
          List.of(1, 4, 16), OptionalInt.empty(), Duration.ofSeconds(1), Duration.ofSeconds(2), 2);

  private static final List<CellResult> CELLS =
      List.of(
          Cells.cell(1, 1, 10, 4),
          Cells.cell(4, 1, 300, 0),
          Cells.cell(1, 2, 20, 8),
          Cells.cell(4, 2, 300, 0));

  @TempDir private Path folder;

  private static BenchReport report(List<CellResult> cells) {
    return BenchReport.of("http://u:secret@h/m.csv", Settings.in(Path.of("")), PLAN, cells);
  }

  @Test
  void theTableHasALineForEachNumberOfConnections() {
    assertThat(String.join("\n", BenchTable.lines(report(CELLS))))
        .isEqualTo(
            """
            connections                  MiB/s    files/s      connect ms   first byte ms                 file ms  errors
                              median (min-max)     median         p50/p99         p50/p99             p50/p99/max
                      1       7.50 (5.00-10.0)       3.00       1.00/2.00       10.0/20.0             100/200/200       0
                      4                    150       0.00       1.00/2.00       10.0/20.0                       -       0\
            """);
  }

  @Test
  void theJsonHasTheSweepAndEachCell() {
    String text = ReportJson.render(report(CELLS));
    assertThat(text).doesNotContain("secret");
    JsonNode json = JsonMapper.shared().readTree(text);
    assertThat(json.at("/sink").asString()).isEqualTo("auto");
    assertThat(json.at("/warmupSeconds").asDouble()).isEqualTo(1);
    assertThat(json.at("/durationSeconds").asDouble()).isEqualTo(2);
    assertThat(json.at("/exitCode").asInt(-1)).isZero();
    assertThat(json.at("/sweep")).hasSize(2);
    assertThat(json.at("/sweep/0/connections").asInt()).isEqualTo(1);
    assertThat(json.at("/sweep/0/mibPerSecond/median").asDouble()).isEqualTo(7.5);
    assertThat(json.at("/sweep/0/filesPerSecond/max").asDouble()).isEqualTo(4);
    assertThat(json.at("/sweep/0/latencyMillis/file/count").asInt()).isEqualTo(2);
    assertThat(json.at("/cells")).hasSize(4);
    assertThat(json.at("/cells/2/repeat").asInt()).isEqualTo(2);
    assertThat(json.at("/cells/2/startedAt").asString()).isEqualTo("2025-06-01T12:00:02Z");
    assertThat(json.at("/cells/2/seconds").asDouble()).isEqualTo(2);
    assertThat(json.at("/cells/2/bytes").asLong()).isEqualTo(20 << 20);
    assertThat(json.at("/cells/2/latencyMillis/firstByte/p99").asDouble())
        .isCloseTo(20, within(0.02));
  }

  @Test
  void theLogIsReadBackByItsLibrary() throws IOException {
    Path file = folder.resolve("bench.hlog");
    Files.writeString(file, BenchLog.text("1", CELLS));
    assertThat(IntervalLog.counts(file))
        .containsEntry("connect-1", 2L)
        .containsEntry("firstByte-4", 2L)
        .containsEntry("file-1", 2L)
        .containsEntry("file-4", 0L)
        .containsEntry("rate-4", 0L)
        .hasSize(8);
    assertThat(IntervalLog.read(file))
        .hasSize(4 * CELLS.size())
        .allMatch(next -> next.getEndTimeStamp() - next.getStartTimeStamp() == 2000);
  }

  @Test
  void theExitCodeIsThatOfTheCellThatCameToNothing() {
    CellResult good = CELLS.getFirst();
    Failure gone = new Failure.Connect("x");
    Failure disk = new Failure.Disk("x", true);
    assertThat(report(List.of(good)).exitCode()).isEqualTo(ExitCode.COMPLETE);
    assertThat(report(List.of(good, Cells.nothing(gone, ExitCode.FAILED))).exitCode())
        .isEqualTo(ExitCode.FAILED);
    assertThat(report(List.of(Cells.nothing(gone, ExitCode.COMPLETE))).exitCode())
        .isEqualTo(ExitCode.TRY_AGAIN);
    assertThat(report(List.of(Cells.nothing(disk, ExitCode.FAILED))).exitCode())
        .isEqualTo(ExitCode.DISK);
    assertThat(report(List.of()).sweep()).isEmpty();
  }
}
