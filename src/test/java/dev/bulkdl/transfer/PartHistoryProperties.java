package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A partial file as a state machine on a real disk: segments are claimed, written, noted, synced
 * and ended; the process is killed, the power fails, the server's file changes. In every order only
 * existing bytes are trusted, and the published file is one version.
 */
class PartHistoryProperties {

  /** The possible steps. */
  enum Act {
    CLAIM,
    WRITE,
    NOTE,
    FAIL,
    FORCE,
    CRASH,
    POWER_LOSS,
    SERVER_CHANGES
  }

  /**
   * @param number which segment the step uses, or the seed of the loss
   * @param bytes the number of bytes
   */
  record Step(Act act, int number, int bytes) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(10, Act.CLAIM),
                Tuple.of(30, Act.WRITE),
                Tuple.of(8, Act.NOTE),
                Tuple.of(6, Act.FAIL),
                Tuple.of(2, Act.FORCE),
                Tuple.of(2, Act.CRASH),
                Tuple.of(2, Act.POWER_LOSS),
                Tuple.of(1, Act.SERVER_CHANGES)),
            Arbitraries.integers().between(0, 1000),
            Arbitraries.integers().between(1, 600_000))
        .as(Step::new);
  }

  @Property
  void onlyWrittenBytesAreTrusted(
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll @Size(min = 20, max = 120) List<@From("steps") Step> steps)
      throws Exception {
    try (PartHistory history = new PartHistory(workers)) {
      for (Step step : steps) {
        switch (step.act()) {
          case CLAIM -> history.claim();
          case WRITE -> history.write(step.number(), step.bytes());
          case NOTE -> history.note(step.number());
          case FAIL -> history.fail(step.number());
          case FORCE -> history.force();
          case CRASH -> history.crash();
          case POWER_LOSS -> history.losePower(step.number());
          case SERVER_CHANGES -> history.changeServer();
        }
      }
      history.finish();
      assertThat(history.published()).isPositive();
    }
  }
}
