package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HelperTurnsTest {

  private static final Origin HERE = new Origin("https", "here.example", 443);
  private static final Origin THERE = new Origin("https", "there.example", 443);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private long now = -50 * MILLI; // the clock can begin below 0
  private final HelperTurns turns = new HelperTurns(() -> now);
  private final HelperTurns.Asker one = turns.newAsker();
  private final HelperTurns.Asker other = turns.newAsker();

  @Test
  void theFileThatWouldEndLastIsNext() {
    one.ask(HERE, 10);
    other.ask(HERE, 20);
    assertThat(one.isNext()).isFalse();
    assertThat(other.isNext()).isTrue();
  }

  @Test
  void filesThatNeedAboutTheSameAreBothNext() {
    one.ask(HERE, 15);
    other.ask(HERE, 20);
    assertThat(one.isNext()).isTrue();
    assertThat(other.isNext()).isTrue();
  }

  @Test
  void theLatestNeedCounts() {
    one.ask(HERE, 10);
    other.ask(HERE, 20);
    other.ask(HERE, 5);
    assertThat(one.isNext()).isTrue();
    assertThat(other.isNext()).isFalse();
  }

  @Test
  void aFileOfAnotherOriginTakesNothing() {
    one.ask(HERE, 10);
    other.ask(THERE, 20);
    assertThat(one.isNext()).isTrue();
  }

  /** It hangs, has all connections that it may have, or cannot be split. */
  @Test
  void aFileThatAsksNoMoreHoldsNobodyUp() {
    other.ask(HERE, 20);
    now += 99 * MILLI;
    one.ask(HERE, 10);
    assertThat(one.isNext()).isFalse();
    now += MILLI;
    assertThat(one.isNext()).isTrue();
  }

  @Test
  void aFileThatHasEndedHoldsNobodyUp() {
    one.ask(HERE, 10);
    other.ask(HERE, 20);
    other.close();
    assertThat(one.isNext()).isTrue();
  }
}
