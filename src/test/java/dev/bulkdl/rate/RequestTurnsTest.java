package dev.bulkdl.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.RequestRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestTurnsTest {

  /** On a clock that is a number. */
  @Test
  void requestsAreSpacedAndTheFirstNeedNotWait() {
    long[] now = {0};
    RequestTurns turns = new RequestTurns(() -> now[0]);
    turns.limit(RequestRate.parse("24/m"));
    assertThat(starts(turns)).isTrue();
    assertThat(starts(turns)).isFalse();
    now[0] = Duration.ofMillis(2499).toNanos();
    assertThat(starts(turns)).isFalse();
    now[0] = Duration.ofMillis(2500).toNanos();
    assertThat(starts(turns)).isTrue();
    assertThat(starts(turns)).isFalse();
    now[0] = Duration.ofHours(1).toNanos();
    assertThat(starts(turns)).isTrue();
    assertThat(starts(turns)).isFalse();
  }

  private static boolean starts(RequestTurns turns) {
    try (RequestTurns.Turn turn = turns.tryTurn("host")) {
      if (turn.isGranted()) {
        turn.started();
      }
      return turn.isGranted();
    }
  }
}
