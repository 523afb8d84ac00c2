package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.bench.BenchPlan.Cell;
import dev.bulkdl.settings.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchPlanTest {

  private static BenchPlan plan(OptionalInt files, Integer... connections) {
    Duration second = Duration.ofSeconds(1);
    return new BenchPlan(Arrays.asList(connections), files, second, second, 2);
  }

  @Test
  void goesThroughTheWholeSweepAndThenThroughItAgain() {
    assertThat(plan(OptionalInt.empty(), 4, 1, 4).cells())
        .containsExactly(new Cell(4, 1), new Cell(1, 1), new Cell(4, 2), new Cell(1, 2));
  }

  @ParameterizedTest
  @CsvSource({"0, 16, 16", "1, 16, 1", "8, 4, 4", "8, 100, 8"})
  void givesAllConnectionsToOneHostAndFilesAsAsked(int asked, int connections, int files) {
    OptionalInt inFlight = asked == 0 ? OptionalInt.empty() : OptionalInt.of(asked);
    assertThat(plan(inFlight, connections).limits(Limits.FIXED.withSegments(9, 7), connections))
        .isEqualTo(new Limits(files, connections, connections, 9, 7));
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 3, 3", "1 9, 5, 1, 9", "9 1 2, 2, 1, 9", "4 1 2 9, 3, 1, 9"})
  void aSpreadIsTheMiddleAndBothEnds(String values, double median, double min, double max) {
    List<Double> numbers = Arrays.stream(values.split(" ")).map(Double::valueOf).toList();
    assertThat(Spread.of(numbers)).isEqualTo(new Spread(median, min, max));
  }
}
