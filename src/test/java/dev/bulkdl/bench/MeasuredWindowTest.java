package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.bench.MeasuredWindow.Sample;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredWindowTest {

  /** Samples are {@code milliseconds/bytes/files}, in order. */
  @ParameterizedTest
  @CsvSource({
    // warmup, duration, samples, open, over, length, bytes, files
    "1000, 2000, '', false, false, 0, 0, 0",
    "1000, 2000, 999/50/1, false, false, 0, 0, 0",
    "1000, 2000, 1000/50/1, true, false, 0, 0, 0",
    "1000, 2000, 1200/50/1 1450/80/3, true, false, 250, 30, 2",
    "1000, 2000, 1200/50/1 3199/80/3, true, false, 1999, 30, 2",
    "1000, 2000, 1200/50/1 3200/80/3, false, true, 2000, 30, 2",
    "1000, 2000, 1200/50/1 3300/80/3, false, true, 2100, 30, 2",
    "1000, 2000, 1200/50/1 3300/80/3 3400/99/9, false, true, 2100, 30, 2",
    "0, 2000, '', true, false, 0, 0, 0",
    "0, 2000, 250/50/1, true, false, 250, 50, 1",
    "0, 2000, 250/50/1 2000/80/3, false, true, 2000, 80, 3",
    "0, 2000, 9000/50/1, false, true, 9000, 50, 1",
  })
  void countsBetweenTheSampleThatOpensItAndTheOneThatClosesIt(
      long warmup,
      long duration,
      String samples,
      boolean open,
      boolean over,
      long length,
      long bytes,
      long files) {
    MeasuredWindow window =
        MeasuredWindow.of(Duration.ofMillis(warmup), Duration.ofMillis(duration));
    for (Sample sample :
        Stream.of(samples.split(" ", -1)).flatMap(MeasuredWindowTest::sample).toList()) {
      window = window.with(sample);
    }
    assertThat(window.isOpen()).isEqualTo(open);
    assertThat(window.isOver()).isEqualTo(over);
    assertThat(window.length()).isEqualTo(Duration.ofMillis(length));
    assertThat(window.bytes()).isEqualTo(bytes);
    assertThat(window.files()).isEqualTo(files);
    assertThat(window.perSecond(bytes)).isEqualTo(length == 0 ? 0 : 1e3 * bytes / length);
  }

  private static Stream<Sample> sample(String text) {
    if (text.isEmpty()) {
      return Stream.empty();
    }
    String[] parts = text.split("/", -1);
    return Stream.of(
        new Sample(
            Duration.ofMillis(Long.parseLong(parts[0])),
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2])));
  }
}
