package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks the output as a terminal shows it. */
class DrawingTest {

  private static final Size SIZE = Size.of(20, 8);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ScreenTerminal screen = new ScreenTerminal(20, 8);
  private Terminal terminal;
  private Drawing drawing;

  @BeforeEach
  void open() throws IOException {
    terminal =
        new DumbTerminal(
            "test",
            "xterm-256color",
            new ByteArrayInputStream(new byte[0]),
            written,
            StandardCharsets.UTF_8);
    drawing = new Drawing(terminal);
  }

  private void show(List<String> above, String... lines) {
    drawing.show(Arrays.stream(lines).map(AttributedString::new).toList(), above, SIZE);
  }

  /** The lines that are not empty. */
  private List<String> seen() {
    terminal.flush();
    screen.write(written.toString(StandardCharsets.UTF_8).replace("\n", "\r\n"));
    written.reset();
    return screen.toString().lines().map(String::stripTrailing).filter(l -> !l.isEmpty()).toList();
  }

  @Test
  void showsLinesAndWhatChangesInThem() {
    show(List.of(), "one", "two", "three");
    assertThat(seen()).containsExactly("one", "two", "three");
    show(List.of(), "one", "2", "three and more");
    assertThat(seen()).containsExactly("one", "2", "three and more");
  }

  @Test
  void writesOnlyWhatChanges() {
    show(List.of(), "a long first line", "count 1", "the last line");
    seen();
    show(List.of(), "a long first line", "count 2", "the last line");
    terminal.flush();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("2").doesNotContain("line");
  }

  @Test
  void growsAndShrinks() {
    show(List.of(), "one", "two");
    show(List.of(), "one", "two", "three", "four");
    assertThat(seen()).containsExactly("one", "two", "three", "four");
    show(List.of(), "one");
    assertThat(seen()).containsExactly("one");
    show(List.of(), "one", "two");
    assertThat(seen()).containsExactly("one", "two");
  }

  @Test
  void linesScrollAway() {
    show(List.of(), "one", "two");
    for (int i = 0; i < 9; i++) {
      show(List.of("said " + i), "one " + i, "two");
    }
    assertThat(seen())
        .containsExactly(
            "said 3", "said 4", "said 5", "said 6", "said 7", "said 8", "one 8", "two");
  }

  @Test
  void leavesNothingBehind() {
    show(List.of("said"), "one", "two", "three");
    drawing.erase(SIZE);
    terminal.writer().println("after");
    assertThat(seen()).containsExactly("said", "after");
  }

  @Test
  void wideCharactersStayInTheirPlaces() {
    show(List.of(), "中文 |", "e\u0301 |");
    show(List.of(), "中国 |", "e |");
    assertThat(seen()).hasSize(2).allMatch(line -> line.endsWith(" |"));
  }

  /** A narrower terminal has wrapped "a line of 17 chars" into two lines. */
  @Test
  void takesAwayWhatANarrowerTerminalHasBroken() {
    show(List.of(), "a line of 17 char", "last");
    seen();
    drawing.erase(Size.of(10, 8));
    terminal.flush();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("\033[J\033[A\033[K\033[A\033[K");
  }
}
