package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.active;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.report.Forecast.Speeds;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final Duration NOW = Duration.ofSeconds(1);

  private static UnknownLengths unknown(long files, long mean) {
    return new UnknownLengths(files, OptionalLong.of(mean));
  }

  private static RunProgress run(
      long files, long ended, long expected, UnknownLengths unknown, FileSnapshot... active) {
    return Samples.progress(
        NOW, files, new long[] {ended, 0, 0, 0}, 1000, expected, false, unknown, active);
  }

  private static Forecast of(RunProgress run) {
    return Forecast.of(run, new Speeds(100, Map.of()), NOW);
  }

  private static Forecast of(RunProgress run, FileSnapshot slow, double rate) {
    return Forecast.of(run, new Speeds(100, Map.of(slow.download().target(), rate)), NOW);
  }

  @Test
  void isTheKnownBytesWhenEveryLengthIsKnown() {
    Forecast forecast = of(run(3, 1, 500, UnknownLengths.NONE, active(10, OptionalLong.of(60))));
    assertThat(forecast.missing()).hasValue(500);
    assertThat(forecast.isEstimate()).isFalse();
    assertThat(forecast.percent()).hasValue(66);
    assertThat(forecast.eta()).contains(Duration.ofSeconds(5));
  }

  /** 200 files of 1000 KiB, and only the last row has a size. */
  @Test
  void countsTheMeanForEachFileOfUnknownLength() {
    Forecast forecast = of(run(200, 4, 1500, unknown(195, 1000)));
    assertThat(forecast.missing()).hasValue(1500 + 195 * 1000);
    assertThat(forecast.isEstimate()).isTrue();
    assertThat(forecast.percent()).hasValue(0);
  }

  @Test
  void countsWhatAnActiveFileOfUnknownLengthAlreadyHas() {
    assertThat(of(run(9, 1, 0, unknown(3, 1000), active(400, OptionalLong.empty()))).missing())
        .hasValue(600 + 2 * 1000);
  }

  @Test
  void expectsMoreOfAFileThatOutgrewTheMean() {
    assertThat(of(run(2, 1, 0, unknown(1, 1000), active(1700, OptionalLong.empty()))).missing())
        .hasValue(700);
  }

  @Test
  void isEmptyOnlyWhereNothingIsKnownAndGoesByFilesThen() {
    Forecast forecast = of(run(4, 1, 0, new UnknownLengths(3, OptionalLong.empty())));
    assertThat(forecast.missing()).isEmpty();
    assertThat(forecast.eta()).isEmpty();
    assertThat(forecast.percent()).hasValue(25);
    assertThat(of(run(-1, 1, 50, UnknownLengths.NONE)).missing()).isEmpty();
    assertThat(of(run(-1, 1, 50, UnknownLengths.NONE)).percent()).isEmpty();
  }

  @Test
  void isNotLessThanTheSlowestActiveFileNeedsAlone() {
    FileSnapshot slow = active(100, OptionalLong.of(400));
    RunProgress run = run(9, 8, 300, UnknownLengths.NONE, slow);
    assertThat(of(run).eta()).contains(Duration.ofSeconds(3));
    assertThat(of(run, slow, 10).eta()).contains(Duration.ofSeconds(30));
    assertThat(of(run, slow, 0).eta()).isEmpty();
  }

  @Test
  void countsDownBetweenTwoSamples() {
    RunProgress run = run(3, 1, 500, UnknownLengths.NONE);
    Speeds speeds = new Speeds(100, Map.of());
    assertThat(Forecast.of(run, speeds, NOW.plusSeconds(2)).eta()).contains(Duration.ofSeconds(3));
    assertThat(Forecast.of(run, speeds, NOW.plusSeconds(9)).eta()).contains(Duration.ZERO);
  }

  @Test
  void isNotAHundredPercentBeforeTheEnd() {
    assertThat(of(run(3, 2, 0, unknown(1, 0))).percent()).hasValue(99);
    assertThat(of(run(3, 3, 0, UnknownLengths.NONE)).percent()).hasValue(100);
  }
}
