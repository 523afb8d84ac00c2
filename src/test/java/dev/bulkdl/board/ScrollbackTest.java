package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScrollbackTest {

  private final Scrollback above = new Scrollback();

  @Test
  void givesEachLineOnce() {
    above.add("a");
    above.add("b");
    assertThat(above.take()).containsExactly("a", "b");
    assertThat(above.take()).isEmpty();
  }

  @Test
  void tellsHowManyLinesOfAFloodAreLeftOut() {
    for (int i = 0; i < Scrollback.MOST + 7; i++) {
      above.add("line " + i);
    }
    List<String> lines = above.take();
    assertThat(lines).hasSize(Scrollback.MOST + 1).first().isEqualTo("line 0");
    assertThat(lines.getLast()).startsWith("7 more lines");
    assertThat(above.take()).isEmpty();
  }
}
