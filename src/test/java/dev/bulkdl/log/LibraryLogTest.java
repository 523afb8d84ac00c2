package dev.bulkdl.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Warnings reach the sinks. Messages below a warning cost nothing. */
class LibraryLogTest {
  private final List<Consumer<LibraryWarning>> sinks = new ArrayList<>();
  private final List<LibraryWarning> seen = new ArrayList<>();
  private final Logger logger = new WarningLogger("lib.Part", sinks);

  private static Object thatMustNotBeShown() {
    return new Object() {
      @Override
      public String toString() {
        throw new AssertionError("was formatted");
      }
    };
  }

  @Test
  void aWarningAndAnErrorReachEverySink() {
    List<LibraryWarning> other = new ArrayList<>();
    sinks.add(seen::add);
    sinks.add(other::add);
    logger.warn("{} of {}", 1, 2);
    logger.error("broken");
    assertThat(seen)
        .containsExactly(
            new LibraryWarning("lib.Part", "1 of 2"), new LibraryWarning("lib.Part", "broken"))
        .isEqualTo(other);
  }

  @Test
  void whatIsThrownStandsInTheTextWithItsCause() {
    sinks.add(seen::add);
    logger.warn("no answer", new IllegalStateException("late", new IOException("reset")));
    assertThat(seen)
        .extracting(LibraryWarning::text)
        .containsExactly(
            "no answer: java.lang.IllegalStateException: late,"
                + " caused by java.io.IOException: reset");
  }

  @Test
  void nothingBelowAWarningIsFormatted() {
    sinks.add(seen::add);
    logger.trace("{}", thatMustNotBeShown());
    logger.debug("{}", thatMustNotBeShown());
    logger.info("{}", thatMustNotBeShown());
    assertThat(seen).isEmpty();
    assertThat(logger.isInfoEnabled()).isFalse();
  }

  @Test
  void withoutASinkNotEvenAWarningIsFormatted() {
    logger.warn("{}", thatMustNotBeShown());
  }

  @Test
  void aTextOfAnyLengthIsCut() {
    sinks.add(seen::add);
    logger.warn("{}", "x".repeat(1_000_000));
    assertThat(seen).extracting(warning -> warning.text().length()).containsExactly(4_000);
  }
}
