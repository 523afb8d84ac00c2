package dev.bulkdl.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    OutputLines.drain(in, lines::add);
    assertThat(in).isEmpty();
    return lines;
  }

  @Test
  void areHandedOnWithoutTheirEnds() {
    assertThat(lines("a\r\n\nä b\nlast")).containsExactly("a", "", "ä b", "last");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void areCutWhereTheyGetTooLong() {
    assertThat(lines("x".repeat(50_000) + "\ny"))
        .containsExactly("x".repeat(OutputLines.LONGEST), "y");
  }

  @Test
  void endAfterTheMostButTheStreamIsReadToItsEnd() {
    List<String> lines = lines("x\n".repeat(5_000));
    assertThat(lines).hasSize(OutputLines.MOST + 1);
    assertThat(lines.getLast()).contains("left out");
  }
}
