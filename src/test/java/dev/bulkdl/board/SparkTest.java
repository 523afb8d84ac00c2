package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparkTest {

  @Test
  void theHighestIsFullAndAnythingCanBeSeen() {
    List<Long> values = List.of(0L, 1L, 250L, 500L, 1000L);
    assertThat(Spark.line(values, 9, Boards.PLAIN)).isEqualTo(" ▁▂▄█");
    assertThat(Spark.line(values, 9, Boards.ASCII)).isEqualTo(" _.-#");
  }

  @Test
  void showsTheLastInTheScaleOfAll() {
    assertThat(Spark.line(List.of(8L, 8L, 4L, 2L), 2, Boards.PLAIN)).isEqualTo("▄▂");
  }

  @Test
  void nothingIsNothing() {
    assertThat(Spark.line(List.of(), 9, Boards.PLAIN)).isEmpty();
    assertThat(Spark.line(List.of(0L, 0L), 9, Boards.PLAIN)).isEqualTo("  ");
  }
}
