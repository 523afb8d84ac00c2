package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Hold;
import dev.bulkdl.report.RunReport.Pause;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PauseTallyTest {

  private Instant now = Instant.EPOCH;
  private final PauseTally tally = new PauseTally(() -> now);

  private Hold hold(Hold.Reason reason, String why) {
    return new Hold(reason, why, now, Optional.of(now.plusSeconds(60)));
  }

  @Test
  void addsUpThePausesOfEachReason() {
    Hold first = hold(Hold.Reason.OPERATOR, "by the user");
    tally.began(first);
    now = now.plusSeconds(5);
    tally.ended(first);
    now = now.plusSeconds(100);
    Hold second = hold(Hold.Reason.OPERATOR, "by the user");
    tally.began(second);
    tally.began(hold(Hold.Reason.SPACE, "no space"));
    now = now.plusSeconds(2);
    tally.ended(second);
    now = now.plusSeconds(1);
    assertThat(tally.pauses())
        .containsExactly(
            new Pause(
                "operator",
                "by the user",
                2,
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Pause(
                "space",
                "no space",
                1,
                3,
                Optional.of(Instant.EPOCH.plusSeconds(105)),
                Optional.of(Instant.EPOCH.plusSeconds(165)),
                Optional.of(Hold.Reason.SPACE.nextStep())));
  }

  /** The text of a window changes with the day. */
  @Test
  void otherDetailsAreNoFurtherPause() {
    tally.began(hold(Hold.Reason.WINDOW, "until Mon"));
    now = now.plusSeconds(5);
    tally.began(hold(Hold.Reason.WINDOW, "until Tue"));
    now = now.plusSeconds(5);
    assertThat(tally.pauses()).hasSize(1);
    assertThat(tally.pauses().getFirst().times()).isEqualTo(1);
    assertThat(tally.pauses().getFirst().seconds()).isEqualTo(10);
    assertThat(tally.pauses().getFirst().why()).isEqualTo("until Tue");
  }
}
