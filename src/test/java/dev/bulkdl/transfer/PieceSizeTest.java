package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.settings.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceSizeTest {

  private static final long MIB = 1 << 20;

  private final PieceSize pieces = new PieceSize(Limits.DEFAULTS);

  @ParameterizedTest
  @CsvSource({
    "0, 16", // unknown
    "0.1, 1", // the least
    "6, 3", // half a second
    "20, 10",
    "1000, 16" // always worth it
  })
  void takesHalfASecond(double rate, long size) {
    assertThat(pieces.smallest(rate * MIB)).isEqualTo(size * MIB);
  }

  @Test
  void takesFourTimesAnAnswer() {
    pieces.answered(500_000_000);
    assertThat(pieces.smallest(6 * MIB)).isEqualTo(12 * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 2, 6, 32",
    "64, 4, 6, 16",
    "64, 40, 6, 3", // half a second
    "5, 2, 6, 5", // the rest would be too small
    "64, 8, 0, 16" // unknown
  })
  void leavesTheOthersTheirShares(long range, int connections, double rate, long share) {
    assertThat(pieces.share(range * MIB, connections, rate * MIB)).isEqualTo(share * MIB);
  }

  @Test
  void takesAllWhereNothingIsMeasured() {
    assertThat(new PieceSize(Limits.FIXED).share(64 * MIB, 4, 6 * MIB)).isEqualTo(64 * MIB);
  }

  @Test
  void isWhatTheSettingsSayWhereNothingIsMeasured() {
    PieceSize held = new PieceSize(Limits.FIXED);
    held.answered(500_000_000);
    assertThat(held.smallest(6 * MIB)).isEqualTo(16 * MIB);
  }
}
