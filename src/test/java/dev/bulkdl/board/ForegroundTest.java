package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundTest {

  @ParameterizedTest
  @CsvSource({
    "4711 (java) S 1 4711 4000 34816 4711 4194304 1, true",
    "4711 (java) S 1 4711 4000 34816 4000 4194304 1, false",
    "4711 (a ) b) S 1 4711 4000 34816 4711 4194304 1, true",
    "4711 (a ) b) S 1 4711 4000 34816 -1 4194304 1, false",
  })
  void theTerminalListensToOneGroup(String stat, boolean ours) {
    assertThat(Foreground.isOurs(stat)).isEqualTo(ours);
  }
}
