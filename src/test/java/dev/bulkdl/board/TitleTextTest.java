package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleTextTest {

  @Test
  void tellsTheState() {
    assertThat(TitleText.of(Boards.model(9, 0), Boards.PLAIN))
        .isEqualTo("bulkdl 23% 15/300, 1 failed 8.0 MiB/s images.csv");
    assertThat(TitleText.of(Boards.empty(), Boards.PLAIN))
        .isEqualTo("bulkdl 0% 0/5 0 B/s files.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "xterm-256color, true",
    "screen-256color, true",
    "tmux-256color, true",
    "linux, false",
    "vt100, false",
    "ansi, false"
  })
  void isNotSentToTerminalsThatWouldPrintIt(String type, boolean known) {
    assertThat(TitleText.isKnownTo(type)).isEqualTo(known);
  }
}
