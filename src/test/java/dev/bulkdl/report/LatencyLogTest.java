package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.testkit.IntervalLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyLogTest {

  @TempDir Path folder;
  private final Timings timings = new Timings();
  private LatencyLog log;

  @BeforeEach
  void create() throws IOException {
    log = LatencyLog.create(folder, timings, "1.2.3");
    log.onEvent(Samples.started("rows.csv", 2));
  }

  private void connectedAt(Duration elapsed) {
    timings.onEvent(new TransferEvent.Connected(Duration.ofMillis(20)));
    log.onProgress(progress(elapsed, 2, 0, 0));
  }

  private List<Histogram> read() {
    return IntervalLog.read(folder.resolve("latency.hlog"));
  }

  @Test
  void hasFourTaggedLinesForEachInterval() {
    connectedAt(Duration.ofSeconds(1));
    connectedAt(Duration.ofSeconds(10));
    connectedAt(Duration.ofSeconds(11));
    log.close();
    assertThat(log.failure()).isEmpty();
    List<Histogram> all = read();
    assertThat(all)
        .extracting(Histogram::getTag)
        .containsExactly(
            "connect", "firstByte", "file", "rate", "connect", "firstByte", "file", "rate");
    assertThat(all)
        .extracting(Histogram::getTotalCount)
        .containsExactly(2L, 0L, 0L, 0L, 1L, 0L, 0L, 0L);
    assertThat(all.getFirst().getMaxValue()).isBetween(20_000_000L, 20_020_000L);
    assertThat(all.getFirst().getStartTimeStamp()).isEqualTo(Samples.NOON.toEpochMilli());
    assertThat(all.getLast().getStartTimeStamp())
        .isEqualTo(Samples.NOON.plusSeconds(10).toEpochMilli());
    assertThat(all.getLast().getEndTimeStamp())
        .isEqualTo(Samples.NOON.plusSeconds(11).toEpochMilli());
  }

  /** The log of a killed run is readable. */
  @Test
  void intervalsAreThereBeforeTheEnd() {
    connectedAt(Duration.ofSeconds(10));
    assertThat(read()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT10S", "PT10M, PT10S", "PT1H, PT36S", "PT168H, PT1H40M48S"})
  void intervalsGrowWithTheRun(Duration elapsed, Duration interval) {
    assertThat(LatencyLog.interval(elapsed)).isEqualTo(interval);
  }

  @Test
  void aWeekIsNoLongLog() {
    int intervals = 0;
    for (Duration at = Duration.ZERO; at.toDays() < 7; at = at.plus(LatencyLog.interval(at))) {
      intervals++;
    }
    assertThat(intervals).isLessThan(1000);
  }

  @Test
  void replacesAnEarlierLog() throws IOException {
    log.close();
    assertThat(Files.readString(folder.resolve("latency.hlog"))).startsWith("#[Logged with bulkdl");
    assertThat(read()).isEmpty();
  }
}
