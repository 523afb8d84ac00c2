package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.board.Theme.Paint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {

  private static final List<Item> ITEMS =
      List.of(
          Item.of(8, Paint.PLAIN, "12 of 300 files", "12/300"),
          Item.of(2, Paint.PLAIN, "slowly"),
          Item.of(6, Paint.PLAIN, "ETA 5:00", "5:00"));

  @ParameterizedTest
  @CsvSource({
    "33, 12 of 300 files  slowly  ETA 5:00",
    "32, 12 of 300 files  ETA 5:00",
    "24, 12 of 300 files  5:00",
    "20, 12/300  5:00",
    "11, 12/300",
    "5, 12/3…",
    "1, …",
  })
  void theLightestGivesWayFirst(int columns, String line) {
    assertThat(Item.line(ITEMS, columns, Boards.PLAIN)).hasToString(line);
  }
}
