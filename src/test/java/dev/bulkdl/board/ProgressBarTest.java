package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.event.SegmentLayout.Piece;
import dev.bulkdl.model.ByteRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {

  private static String drawn(SegmentLayout layout, long total, int columns, Theme look) {
    StyledText styled = new StyledText(look);
    ProgressBar.draw(styled, layout, total, columns, look);
    return styled.line().toString();
  }

  /**
   * For example {@code 0-20 50-60} for written ranges and {@code 20:50} for a piece still to be
   * fetched.
   */
  private static SegmentLayout layout(String written, String pieces) {
    ByteRanges spans = ByteRanges.EMPTY;
    for (String span : written.isEmpty() ? new String[0] : written.split(" ", -1)) {
      spans = spans.plus(number(span, "-", 0), number(span, "-", 1));
    }
    List<Piece> ahead = new ArrayList<>();
    for (String piece : pieces.isEmpty() ? new String[0] : pieces.split(" ", -1)) {
      ahead.add(new Piece(0, number(piece, ":", 0), number(piece, ":", 1), Optional.empty()));
    }
    return new SegmentLayout(spans, ahead);
  }

  private static long number(String pair, String between, int which) {
    String text = pair.split(between, -1)[which];
    return text.isEmpty() ? Long.MAX_VALUE : Long.parseLong(text);
  }

  @ParameterizedTest
  @CsvSource({
    // written ranges, pieces (100 bytes in 10 cells)
    "'', '', ··········, ..........",
    "0-100, '', ██████████, ##########",
    "0-20, 20:100, ██▏░░░░░░░, ##>-------",
    "0-25, 25:100, ██▌░░░░░░░, ##>-------",
    "0-25, '', ██▌·······, ##=.......",
    "25-40, '', ··▐█······, ..=#......",
    "0-30 50-60, 30:50 60:100, ███▏░█▏░░░, ###>-#>---",
    "0-30 50-60, 60:100, ███··█▏░░░, ###..#>---",
    "0-10, 10:, █▏░░░░░░░░, #>--------",
    "0-100, 100:100, ██████████, ##########",
  })
  void drawsEachPartWhereItLies(String written, String pieces, String unicode, String ascii) {
    assertThat(drawn(layout(written, pieces), 100, 10, Boards.PLAIN)).isEqualTo(unicode);
    assertThat(drawn(layout(written, pieces), 100, 10, Boards.ASCII)).isEqualTo(ascii);
  }

  @Test
  void isRightForFilesOfAnySize() {
    assertThat(drawn(layout("0-1", "1:3"), 3, 9, Boards.ASCII)).isEqualTo("###>>>---");
    assertThat(drawn(layout("0-1", ""), 1, 5, Boards.ASCII)).isEqualTo("#####");
    long huge = 1L << 50;
    assertThat(
            drawn(
                new SegmentLayout(ByteRanges.prefix(huge / 2), List.of()), huge, 10, Boards.ASCII))
        .isEqualTo("#####.....");
  }

  @Test
  void isEmptyWhileTheLengthIsUnknown() {
    assertThat(drawn(layout("0-50", "50:"), 0, 5, Boards.ASCII)).isEqualTo(".....");
  }

  @Test
  void whatIsWrittenBeyondTheEndIsNotDrawn() {
    assertThat(drawn(layout("0-900", "900:1000"), 100, 5, Boards.ASCII)).isEqualTo("#####");
  }

  @Test
  void neighboursOfOneColourAreOneStroke() {
    StyledText styled = new StyledText(Boards.COLOUR);
    ProgressBar.draw(styled, layout("0-50", ""), 100, 10, Boards.COLOUR);
    assertThat(styled.line().toAnsi()).isEqualTo("\033[32m█████\033[90m·····\033[0m");
  }
}
