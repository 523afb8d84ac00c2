package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({"abc, 3", "'', 0", "中文, 4", "e\u0301, 1", "😀, 2", "한글, 4", "ｆｕｌｌ, 8", "é, 1"})
  void widthIsInColumns(String text, int columns) {
    assertThat(Columns.width(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdefghij, 10, abcdefghij",
    "abcdefghij, 9, abcd…ghij",
    "abcdefghij, 8, abc…ghij",
    "abcdefghij, 3, a…j",
    "abcdefghij, 2, a…",
    "abcdefghij, 1, …",
    "abcdefghij, 0, ''",
    "中文文件名很长, 14, 中文文件名很长",
    "中文文件名很长, 13, 中文文…名很长",
    "中文文件名很长, 12, 中文…名很长",
    "中文文件名很长, 4, …长",
    "中文文件名很长, 3, …长",
    "ae\u0301e\u0301e\u0301z, 4, a…e\u0301z",
    "abcde\u0301, 4, a…de\u0301",
    "😀😀😀😀, 5, 😀…😀",
  })
  void cutsInTheMiddle(String text, int columns, String cut) {
    assertThat(Columns.cutMiddle(text, columns, "…")).isEqualTo(cut);
  }

  @Test
  void theMarkMayBeLonger() {
    assertThat(Columns.cutMiddle("abcdefghij", 8, "...")).isEqualTo("ab...hij");
    assertThat(Columns.cutEnd("abcdefghij", 8, "...")).isEqualTo("abcde...");
    assertThat(Columns.cutEnd("abcdefghij", 2, "...")).isEqualTo("ab");
  }

  @Property
  void fitsWhateverTheText(
      @ForAll @CharRange(from = ' ', to = '\uffee') @StringLength(max = 60) String text,
      @ForAll @IntRange(max = 40) int columns) {
    assertThat(Columns.width(Columns.cutMiddle(text, columns, "…"))).isLessThanOrEqualTo(columns);
    assertThat(Columns.width(Columns.cutEnd(text, columns, "..."))).isLessThanOrEqualTo(columns);
    assertThat(Columns.width(Columns.left(text, columns, "…"))).isEqualTo(columns);
    assertThat(Columns.width(Columns.right(text, columns, "…"))).isEqualTo(columns);
  }
}
