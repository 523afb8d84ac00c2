package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HelperTurnsTest {

  private static final Origin HERE = new Origin("https", "here.example", 443);
  private static final Origin THERE = new Origin("https", "there.example", 443);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final HelperTurns turns = new HelperTurns();
  private final HelperTurns.Asker one = turns.newAsker();
  private final HelperTurns.Asker other = turns.newAsker();
  private long now = -50 * MILLI; // the clock can begin below 0

  @Test
  void theFileThatWouldEndLastIsNext() {
    one.ask(HERE, 10, now);
    other.ask(HERE, 20, now);
    assertThat(one.isNext(now)).isFalse();
    assertThat(other.isNext(now)).isTrue();
  }

  @Test
  void filesThatNeedAboutTheSameAreBothNext() {
    one.ask(HERE, 15, now);
    other.ask(HERE, 20, now);
    assertThat(one.isNext(now)).isTrue();
    assertThat(other.isNext(now)).isTrue();
  }

  @Test
  void theLatestNeedCounts() {
    one.ask(HERE, 10, now);
    other.ask(HERE, 20, now);
    other.ask(HERE, 5, now);
    assertThat(one.isNext(now)).isTrue();
    assertThat(other.isNext(now)).isFalse();
  }

  @Test
  void aFileOfAnotherOriginTakesNothing() {
    one.ask(HERE, 10, now);
    other.ask(THERE, 20, now);
    assertThat(one.isNext(now)).isTrue();
  }

  /** It hangs, has all connections that it may have, or cannot be split. */
  @Test
  void aFileThatAsksNoMoreHoldsNobodyUp() {
    other.ask(HERE, 20, now);
    now += 99 * MILLI;
    one.ask(HERE, 10, now);
    assertThat(one.isNext(now)).isFalse();
    now += MILLI;
    assertThat(one.isNext(now)).isTrue();
  }

  @Test
  void aFileThatHasEndedHoldsNobodyUp() {
    one.ask(HERE, 10, now);
    other.ask(HERE, 20, now);
    other.close();
    assertThat(one.isNext(now)).isTrue();
  }
}
