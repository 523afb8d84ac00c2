package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @Test
  void quotesOnlyWhatNeedsQuotes() {
    assertThat(Csv.line(List.of("a b", "", "x,y", "say \"hi\"", "two\nlines", "a;b", "a\tb")))
        .isEqualTo("a b,,\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\",\"a;b\",\"a\tb\"");
  }

  @Test
  void noRowLooksLikeACommentOrABlankLine() {
    assertThat(Csv.line(List.of("#1", "x"))).isEqualTo("\"#1\",x");
    assertThat(Csv.line(List.of(""))).isEqualTo("\"\"");
    assertThat(Csv.line(List.of("\ufeffa", " b", "c "))).isEqualTo("\"\ufeffa\",\" b\",\"c \"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void marksFormulasAsText(String cell) {
    assertThat(Csv.shown(cell)).startsWith("'").doesNotContain("\t", "\r");
  }

  @Test
  void leavesHarmlessTextAlone() {
    assertThat(Csv.shown("")).isEmpty();
    assertThat(Csv.shown("a=b")).isEqualTo("a=b");
    assertThat(Csv.shown("Übung 1")).isEqualTo("Übung 1");
  }

  @Test
  void showsControlCharactersAsEscapes() {
    assertThat(Csv.shown("a\u001b[31m\u202eb")).isEqualTo("a\\u001b[31m\\u202eb");
  }

  @Property
  void readsBackAsTheSameCells(@ForAll @NotEmpty List<String> cells) {
    assertThat(CsvReading.rows(Csv.line(cells) + "\n")).containsExactly(cells);
  }

  @Property
  void noShownCellBeginsAFormula(@ForAll String text) {
    assertThat(Csv.shown(text)).doesNotMatch("(?s)^[=+\\-@\\t\\r].*");
  }
}
