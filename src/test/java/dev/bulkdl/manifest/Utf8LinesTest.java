package dev.bulkdl.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8LinesTest {

  private static final String TEXT = "one\r\n\r\n\n\rtwo\r\rthree\nfour";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100})
  void numbersLinesInPiecesOfAnyLength(int length) {
    List<String> pieces = new ArrayList<>();
    try (Utf8Lines lines = lines(TEXT)) {
      char[] piece = new char[length];
      for (int n = lines.read(piece, 0, length); n > 0; n = lines.read(piece, 0, length)) {
        assertThat(lines.lastRead()).isEqualTo(new String(piece, 0, n));
        int line = (int) lines.line();
        while (pieces.size() < line) {
          pieces.add("");
        }
        pieces.set(line - 1, pieces.get(line - 1) + lines.lastRead());
      }
      assertThat(lines.ended()).isTrue();
    }

    assertThat(pieces)
        .containsExactly("one\r\n", "\r\n", "\n", "\r", "two\r", "\r", "three\n", "four");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100})
  void skipsToTheNextLineFromAnywhereInALine(int length) {
    List<Long> numbers = new ArrayList<>();
    try (Utf8Lines lines = lines(TEXT)) {
      char[] piece = new char[length];
      while (lines.read(piece, 0, length) > 0) {
        numbers.add(lines.line());
        lines.skipRestOfLine();
      }
    }

    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void readsCharactersAcrossTheEndOfItsBuffer() {
    String text = "x" + "\u00e4\u20ac\uD834\uDD1E".repeat(20_000);
    StringBuilder read = new StringBuilder();
    try (Utf8Lines lines = lines(text)) {
      char[] piece = new char[1000];
      for (int n = lines.read(piece, 0, 1000); n > 0; n = lines.read(piece, 0, 1000)) {
        read.append(piece, 0, n);
      }
    }

    assertThat(read.toString().equals(text)).isTrue();
  }

  private static Utf8Lines lines(String text) {
    return new Utf8Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
