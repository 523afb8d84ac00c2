package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Outcome.Effort;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffortTest {

  private static Effort effort(long downloaded, long resumed, long discarded, int attempts) {
    return new Effort(
        downloaded,
        resumed,
        discarded,
        attempts,
        attempts,
        attempts == 0 ? RangeSupport.UNKNOWN : RangeSupport.SUPPORTED,
        Duration.ofSeconds(attempts));
  }

  /** Bytes downloaded, resumed and discarded, of the work before, of this one, and of both. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          #  before,     this one,    both
          50,  0, 0,   50, 50,  0,  100,  0,  0
          50, 30, 0,   20, 80,  0,   70, 30,  0
          50, 30, 0,  100,  0, 80,  100,  0, 80
          50, 30, 0,   90, 10,  0,   90, 10,  0
          50, 30, 5,    0,  0,  0,   50, 30,  5
           0,  0, 0,  100,  0,  0,  100,  0,  0
           0, 30, 0,    0, 30,  0,    0, 30,  0
          """)
  void whatTheFirstLeftAndTheSecondResumedIsDownloaded(
      long downloaded,
      long resumed,
      long discarded,
      long thenDownloaded,
      long thenResumed,
      long thenDiscarded,
      long allDownloaded,
      long allResumed,
      long allDiscarded) {
    Effort before = effort(downloaded, resumed, discarded, 2);
    Effort then = effort(thenDownloaded, thenResumed, thenDiscarded, 1);
    Effort all = then.after(before);
    assertThat(all.downloaded()).isEqualTo(allDownloaded);
    assertThat(all.resumed()).isEqualTo(allResumed);
    assertThat(all.discarded()).isEqualTo(allDiscarded);
    assertThat(all.attempts()).isEqualTo(3);
    assertThat(all.segments()).isEqualTo(2);
    assertThat(all.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource({"0, SUPPORTED", "1, SUPPORTED"})
  void whatIsKnownOfRangesStaysKnown(int attempts, RangeSupport ranges) {
    assertThat(effort(0, 0, 0, attempts).after(effort(1, 0, 0, 1)).ranges()).isEqualTo(ranges);
  }
}
