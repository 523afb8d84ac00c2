package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimingsTest {

  private static final Download FILE = Samples.download("a.bin");

  private final Timings timings = new Timings();

  private void connected(Duration took) {
    timings.onEvent(new TransferEvent.Connected(took));
  }

  private void delivered(long bytes, Duration took) {
    timings.onEvent(new TransferEvent.Delivered(FILE.origin(), bytes, took));
  }

  private LatencySummary connects() {
    return timings.all().millis().connect();
  }

  @Test
  void isAllZeroWithoutAMeasurement() {
    assertThat(connects()).isEqualTo(LatencySummary.EMPTY);
    assertThat(timings.all().rates()).isEqualTo(new RateSummary(0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void isInMillisecondsToThreeDigits() {
    IntStream.rangeClosed(1, 1000).forEach(i -> connected(Duration.ofMillis(i)));
    LatencySummary summary = connects();
    assertThat(summary.count()).isEqualTo(1000);
    assertThat(summary.min()).isCloseTo(1, within(0.001));
    assertThat(summary.mean()).isCloseTo(500.5, within(0.5));
    assertThat(summary.p50()).isCloseTo(500, within(0.5));
    assertThat(summary.p90()).isCloseTo(900, within(0.9));
    assertThat(summary.p99()).isCloseTo(990, within(1.0));
    assertThat(summary.p999()).isCloseTo(999, within(1.0));
    assertThat(summary.max()).isCloseTo(1000, within(1.0));
  }

  @Test
  void whatIsTakenIsTakenOnceAndStaysInTheWhole() {
    connected(Duration.ofMillis(1));
    assertThat(connects().count()).isEqualTo(1);
    assertThat(timings.take().millis().connect().count()).isEqualTo(1);
    connected(Duration.ofMillis(2));
    assertThat(connects().count()).isEqualTo(2);
    assertThat(timings.take().millis().connect().count()).isEqualTo(1);
    assertThat(timings.take().millis().connect().count()).isZero();
    assertThat(connects().count()).isEqualTo(2);
  }

  @Test
  void losesNothingOfWhatManyThreadsRecordWhileItIsTaken() {
    long taken =
        IntStream.range(0, 100_000)
            .parallel()
            .mapToLong(
                i -> {
                  connected(Duration.ofNanos(i));
                  return i % 1000 == 0 ? timings.take().connect().getTotalCount() : 0;
                })
            .sum();
    assertThat(taken + timings.take().connect().getTotalCount()).isEqualTo(100_000);
    assertThat(connects().count()).isEqualTo(100_000);
  }

  @Test
  void takesAnyDuration() {
    connected(Duration.ZERO);
    connected(Duration.ofMillis(-1));
    connected(Duration.ofSeconds(Long.MAX_VALUE));
    LatencySummary summary = connects();
    assertThat(summary.count()).isEqualTo(3);
    assertThat(summary.min()).isZero();
    double week = Duration.ofDays(7).toMillis();
    assertThat(summary.max()).isCloseTo(week, within(week / 1000));
  }

  /** One content takes ten seconds; nine others take a tenth of a second each. */
  @Test
  void aSlowContentWeighsAsMuchAsTheTimeThatItTook() {
    IntStream.range(0, 9).forEach(i -> delivered(1_000_000, Duration.ofMillis(100)));
    delivered(10_000, Duration.ofSeconds(10));
    RateSummary rates = timings.all().rates();
    assertThat(rates.millis()).isEqualTo(10_900);
    assertThat(rates.p50()).isEqualTo(1_000);
    assertThat(rates.p90()).isEqualTo(1_000);
    assertThat(rates.p99()).isCloseTo(10_000_000, within(10_000L));
    assertThat(rates.mean())
        .isCloseTo((10_000 * 1_000 + 900 * 10_000_000L) / 10_900, within(2_000L));
  }

  @Test
  void takesAnyContent() {
    delivered(0, Duration.ofSeconds(30));
    delivered(Long.MAX_VALUE, Duration.ZERO);
    RateSummary rates = timings.all().rates();
    assertThat(rates.millis()).isEqualTo(30_001);
    assertThat(rates.min()).isZero();
    assertThat(rates.max()).isCloseTo(1L << 40, within(1L << 31));
  }

  /**
   * The wait for a connection, behind thousands of other files, does not count as a file's time.
   */
  @Test
  void aFileCountsFromItsFirstConnection() {
    timings.onEvent(new TransferEvent.FileStarted(FILE));
    timings.onEvent(Samples.completed(FILE, 100));
    timings.onEvent(Samples.completed(Samples.download("unseen"), 100));
    assertThat(timings.all().millis().file().count()).isEqualTo(2);
    assertThat(timings.all().millis().file().min()).isLessThan(1500);
    assertThat(timings.all().millis().file().max()).isCloseTo(1500, within(1.5));
  }
}
