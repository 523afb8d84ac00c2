package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {

  private static final String HEADER = "filename,url,note\n";

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void countsPhysicalLines(String end) {
    String text =
        """
        # comment, "unclosed
        \s
        filename,url,note
        a,http://h/a,"one
        two

        # no comment"

          # comment
        b,http://h/b
        ,,
        c,http://h/c
        """;

    assertThat(Texts.told(text.replace("\n", end)))
        .containsExactly("4 a http://h/a", "10 b http://h/b", "12 c http://h/c");
  }

  @ParameterizedTest
  @ValueSource(ints = {3_990, 3_999, 4_000, 4_001, 8_000, 65_530, 65_535, 65_536, 65_537})
  void countsLinesWhereverABufferEnds(int length) {
    String note = "x".repeat(length) + "\r\n\r\n\ny";
    String text = HEADER + "a,http://h/a,\"" + note + "\"\r\nb,http://h/b\r\n";

    assertThat(Texts.told(text)).containsExactly("2 a http://h/a", "6 b http://h/b");
    assertThat(Texts.rows(text).getFirst().columns()).containsEntry("note", note);
  }

  @Test
  void readsQuotedDelimitersQuotesAndLineBreaks() {
    ManifestRow row =
        Texts.rows(HEADER + "\"a,b\",http://h/a,\"say \"\"hi\"\"\r\nthere\"\n").getFirst();

    assertThat(row.columns().values()).containsExactly("a,b", "http://h/a", "say \"hi\"\r\nthere");
  }

  @Test
  void takesAQuoteInsideAnUnquotedCellAsItIs() {
    assertThat(Texts.told(HEADER + "5\" disk.img,http://h/a\n"))
        .containsExactly("2 5\" disk.img http://h/a");
  }

  @Test
  void reportsTextBehindAClosingQuoteAndGoesOnWithTheNextLine() {
    assertThat(Texts.told(HEADER + "\"a\"b\",http://h/a,\"\nc,http://h/c\n"))
        .containsExactly(
            "line 2, column 1 (filename): text follows a closing quote;"
                + " write a quote inside a quoted cell twice",
            "3 c http://h/c");
  }

  @Test
  void saysWhichLinesAQuotedCellHasSwallowed() {
    assertThat(
            Texts.told(HEADER + "\"a,http://h/a\nb,http://h/b\n\"c\",http://h/c\nd,http://h/d\n"))
        .containsExactly(
            "line 2, column 1 (filename): text follows a closing quote (the quoted cell goes from"
                + " line 2 to line 4); write a quote inside a quoted cell twice",
            "5 d http://h/d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\nc,http://h/c\n"})
  void namesTheLineOfAQuoteThatIsNeverClosed(String rest) {
    String text = HEADER + "a,http://h/a\nb,http://h/b,\"one\ntwo\",\"" + rest;

    try (Manifest manifest = Texts.open(text);
        ManifestRows rows = manifest.rows()) {
      assertThat(Texts.told(rows.next())).isEqualTo("2 a http://h/a");
      assertThatThrownBy(rows::next)
          .isInstanceOf(ManifestException.class)
          .hasMessageStartingWith(
              "line 4, column 4: the quote that begins this cell is never closed");
    }
  }

  @Test
  void takesACellOfOneMebibyteAndRefusesALargerOne() {
    String largest = "x".repeat(CsvRecords.MAX_CELL);
    String text =
        HEADER + "a,http://h/a," + largest + "\nb,http://h/b,y" + largest + "\nc,http://h/c\n";

    assertThat(Texts.told(text))
        .containsExactly(
            "2 a http://h/a",
            "line 3, column 3 (note): a cell is larger than 1 MiB",
            "4 c http://h/c");
  }

  @Test
  void refusesATenMebibyteCellInQuotes() {
    String text = HEADER + "a,http://h/a,\"" + "x".repeat(10 << 20) + "\"\nb,http://h/b\n";

    assertThat(Texts.told(text))
        .containsExactly("line 2, column 3 (note): a cell is larger than 1 MiB", "3 b http://h/b");
  }

  @Test
  void takesAnEndlessQuotedCellOfManyLinesForAnUnclosedQuote() {
    String text = HEADER + "\"a,http://h/a\n" + "b,http://h/b\n".repeat(100_000);

    assertThatThrownBy(() -> Texts.told(text))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith(
            "line 2, column 1: the quote that begins this cell is never closed");
  }

  @Test
  void refusesARowOfEndlessCells() {
    String cells = ",x".repeat(CsvRecords.MAX_CELLS);
    String large = ("," + "x".repeat(CsvRecords.MAX_CELL / 2)).repeat(9);
    String text = HEADER + "a" + cells + "\nb" + large + "\nc,http://h/c\n";

    List<String> told = Texts.told(text);

    assertThat(told).hasSize(3);
    assertThat(told.get(0)).startsWith("line 2, column 10001: the row has more than 10000 cells");
    assertThat(told.get(1))
        .startsWith("line 3, column 9: the row has more than 10000 cells or 4 MiB");
    assertThat(told.get(2)).isEqualTo("4 c http://h/c");
  }

  @Test
  void keepsTheTextOfAnUnreadableRowOutOfTheUrl() {
    String text = "url,filename\nhttp://h/a,\"a\"b\nhttp://h/c,d,e\n";

    assertThat(Texts.rows(text))
        .extracting(row -> row.columns().get("url"), row -> row.columns().get("filename"))
        .containsExactly(tuple("", "http://h/a,\"a\"b"), tuple("", "http://h/c,d,e"));
  }

  @Test
  void keepsTheTextOfAnUnreadableLineOfAListFromBeingAUrl() {
    ManifestRow row = Texts.rows("url\n\"\nhttp://h/a\"b\n").getFirst();

    assertThat(row.columns()).containsEntry("url", "\"http://h/a\"b");
  }
}
