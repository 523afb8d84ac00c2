package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of connections of an origin that asked for fewer requests. */
class SlowedOriginsTest {

  private static final Origin HERE = new Origin("http", "here", 80);
  private static final Origin THERE = new Origin("http", "there", 80);
  private static final int STEP = SlowedOrigins.ANSWERS_FOR_ONE_MORE;

  private final SlowedOrigins slowed = new SlowedOrigins();

  private void answers(int count, int usual) {
    for (int i = 0; i < count; i++) {
      slowed.answered(HERE, usual);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 8", "9, 4", "3, 1", "2, 1", "1, 1", "0, 1"})
  void itMayHaveHalfAndAtLeastOne(int used, int allowed) {
    slowed.slowDown(HERE, used);
    assertThat(slowed.allowed(HERE, 16)).isEqualTo(allowed);
    assertThat(slowed.allowed(THERE, 16)).isEqualTo(16);
  }

  @Test
  void theUsualNumberIsTheMost() {
    slowed.slowDown(HERE, 16);
    assertThat(slowed.allowed(HERE, 3)).isEqualTo(3);
  }

  @Test
  void oneMoreComesBackAfterSomeAnswersUntilNothingIsKept() {
    slowed.slowDown(HERE, 4);
    answers(STEP - 1, 4);
    assertThat(slowed.allowed(HERE, 4)).isEqualTo(2);
    answers(1, 4);
    assertThat(slowed.allowed(HERE, 4)).isEqualTo(3);
    answers(STEP, 4);
    assertThat(slowed.allowed(HERE, 4)).isEqualTo(4);
    assertThat(slowed.isEmpty()).isTrue();
  }

  @Test
  void askingAgainStartsTheCountAgain() {
    slowed.slowDown(HERE, 8);
    answers(STEP - 1, 8);
    slowed.slowDown(HERE, 4);
    answers(STEP - 1, 8);
    assertThat(slowed.allowed(HERE, 8)).isEqualTo(2);
  }

  @Test
  void anAnswerOfAnOriginThatIsNotSlowedChangesNothing() {
    answers(1, 4);
    assertThat(slowed.isEmpty()).isTrue();
  }

  @Test
  void isBounded() {
    for (int i = 0; i <= SlowedOrigins.MOST; i++) {
      slowed.slowDown(new Origin("http", "h" + i, 80), 16);
    }
    assertThat(slowed.allowed(new Origin("http", "h0", 80), 16)).isEqualTo(8);
    assertThat(slowed.allowed(new Origin("http", "h" + SlowedOrigins.MOST, 80), 16)).isEqualTo(16);
  }
}
