package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final int KIB = 1 << 10;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LENGTH = 1L << 30;

  private long now = 1;

  /** A body that arrives in pieces of this size, one each millisecond. */
  private Gathering arriving(long length, int piece, int count) {
    Gathering body = new Gathering(length);
    for (int i = 0; i < count; i++) {
      body.nanos(now);
      body.received(piece);
      now += MILLI;
    }
    return body;
  }

  @Test
  void smallPiecesOfASlowBodyAreGathered() {
    Gathering body = arriving(LENGTH, 4 * KIB, 500);
    assertThat(body.nanos(now)).isBetween(10 * MILLI, 16 * MILLI); // 3/4 of 64 KiB at 4 MiB/s
  }

  @Test
  void aSlowBodyWaitsFortyMillisecondsAtTheMost() {
    assertThat(arriving(LENGTH, KIB, 500).nanos(now)).isEqualTo(40 * MILLI);
  }

  @Test
  void largePiecesAreReadAtOnce() {
    assertThat(arriving(LENGTH, 64 * KIB, 500).nanos(now)).isZero();
  }

  @Test
  void aFastBodyIsReadAtOnce() {
    assertThat(arriving(LENGTH, 32 * KIB, 500).nanos(now)).isZero();
  }

  @Test
  void aSmallBodyIsReadAtOnce() {
    assertThat(arriving(200 * KIB, 4 * KIB, 49).nanos(now)).isZero();
  }

  /** Otherwise nobody would notice that the server has gone. */
  @Test
  void afterAWaitThatBroughtNothingItWaitsForTheNextPiece() {
    Gathering body = arriving(LENGTH, 4 * KIB, 500);
    assertThat(body.nanos(now)).isPositive();
    assertThat(body.nanos(now + MILLI)).isZero();
  }

  @Test
  void theEndIsReadAsSoonAsItCanBeThere() {
    Gathering body = arriving(2000 * KIB + 16 * KIB, 4 * KIB, 500);
    assertThat(body.nanos(now)).isBetween(2 * MILLI, 4 * MILLI);
  }
}
