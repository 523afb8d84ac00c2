package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.active;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static RunProgress run(long files, long ended, long expected, FileSnapshot... active) {
    return Samples.progress(
        Duration.ofSeconds(1), files, new long[] {ended, 0, 0, 0}, 0, expected, false, active);
  }

  @Test
  void isKnownWhenSizesToComeAreKnown() {
    assertThat(Forecast.missing(run(3, 1, 500, active(10, OptionalLong.of(60))))).hasValue(500);
  }

  @Test
  void isKnownForTheLastFiles() {
    assertThat(Forecast.missing(run(2, 1, 50, active(10, OptionalLong.of(60))))).hasValue(50);
    assertThat(Forecast.missing(run(2, 2, 0))).hasValue(0);
  }

  @Test
  void isUnknownWhenTheNumberOfFilesIs() {
    assertThat(Forecast.missing(run(-1, 1, 50))).isEmpty();
  }

  @Test
  void isUnknownWhenAnActiveLengthIs() {
    assertThat(Forecast.missing(run(2, 1, 50, active(10, OptionalLong.empty())))).isEmpty();
  }

  @Test
  void isUnknownWhenNothingIsKnownOfFilesToCome() {
    assertThat(Forecast.missing(run(9, 1, 50, active(10, OptionalLong.of(60))))).isEmpty();
  }
}
