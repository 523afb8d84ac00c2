package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowWindowTest {

  @ParameterizedTest
  @CsvSource({
    // rows, chosen, room: first, shown, last line
    "3, 0, 5, 0, 3, row 2",
    "5, 4, 5, 0, 5, row 4",
    "9, 0, 5, 0, 4, … rows 1-4 of 9",
    "9, 3, 5, 1, 4, … rows 2-5 of 9",
    "9, 5, 5, 3, 4, … rows 4-7 of 9",
    "9, 8, 5, 5, 4, … rows 6-9 of 9",
    "9, 8, 1, 8, 1, row 8",
    "1000, 500, 20, 491, 19, … rows 492-510 of 1000",
  })
  void showsTheChosenRow(int rows, int chosen, int room, int first, int shown, String last) {
    RowWindow window = RowWindow.of(rows, chosen, room);
    assertThat(window).isEqualTo(new RowWindow(first, first + shown, rows));
    List<String> lines =
        window
            .lines(i -> new AttributedString("row " + i), room, new Screen(40, 9, 0, Boards.PLAIN))
            .stream()
            .map(line -> line.toString().strip())
            .toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(room).contains("row " + chosen).endsWith(last);
    assertThat(lines)
        .containsAll(IntStream.range(first, first + shown).mapToObj(i -> "row " + i).toList());
  }
}
