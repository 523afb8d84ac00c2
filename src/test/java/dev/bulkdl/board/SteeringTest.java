package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteeringTest {

  private final Permits permits = new Permits(Limits.FIXED);
  private final RunControl control = new RunControl(permits);
  private final List<String> said = new ArrayList<>();
  private final Steering steering = new Steering(control, () -> said.add("stop"), said::add);

  private void press(Key key) {
    steering.on(key, Optional.empty());
  }

  @Test
  void pausesAndGoesOn() {
    press(Key.PAUSE);
    assertThat(control.isPaused()).isTrue();
    press(Key.PAUSE);
    assertThat(control.isPaused()).isFalse();
  }

  @Test
  void stopsAllThatGoesAlong() {
    press(Key.STOP);
    assertThat(said).containsExactly("stop");
  }

  @Test
  void cancelsTheChosenFileAndNoOther() {
    TargetName chosen = TargetName.of("chosen");
    try (var file = control.begin(chosen);
        var other = control.begin(TargetName.of("other"))) {
      press(Key.CANCEL);
      assertThat(file.cancellation().isCancelled()).isFalse();
      steering.on(Key.CANCEL, Optional.of(new Chosen.File(chosen)));
      assertThat(file.cancellation().isCancelled()).isTrue();
      assertThat(other.cancellation().isCancelled()).isFalse();
    }
  }

  @Test
  void takesUpAgainWhatHasFailed() {
    try (var run = control.retryBy(files -> 7)) {
      press(Key.RETRY);
      assertThat(said).containsExactly("queued again: 7 files");
    }
    press(Key.RETRY);
    assertThat(said).last().asString().startsWith("nothing has failed");
  }

  @Test
  void endsTheWaitsForFurtherAttempts() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () ->
                    control
                        .retryWaits()
                        .await(
                            TargetName.of("file"),
                            new Hold(Hold.Reason.RETRY, "reset", Instant.EPOCH, Optional.empty()),
                            control.cancellation(),
                            () -> {
                              waits.countDown();
                              Thread.sleep(Duration.ofHours(1));
                            }));
    waits.await();
    press(Key.RETRY);
    waiting.join();
    assertThat(said).containsExactly("tried at once: 1 wait");
  }

  @Test
  void pausesTheChosenFileAndLetsItGoOn() {
    TargetName chosen = TargetName.of("chosen");
    try (var file = control.begin(chosen)) {
      steering.on(Key.PAUSE_CHOSEN, Optional.of(new Chosen.File(chosen)));
      assertThat(control.isPaused(chosen)).isTrue();
      assertThat(file.cancellation().isCancelled()).isTrue();
      steering.on(Key.PAUSE_CHOSEN, Optional.of(new Chosen.File(chosen)));
      assertThat(control.isPaused(chosen)).isFalse();
    }
  }

  @Test
  void pausesTheChosenHostAndLetsItGoOn() {
    Origin origin = new Origin("https", "a.example", 443);
    Optional<Chosen> chosen = Optional.of(new Chosen.Host(origin));
    steering.on(Key.PAUSE_CHOSEN, chosen);
    assertThat(permits.allowances().isPaused(origin)).isTrue();
    steering.on(Key.CANCEL, chosen);
    steering.on(Key.PAUSE_CHOSEN, chosen);
    assertThat(permits.allowances().isPaused(origin)).isFalse();
    assertThat(said)
        .containsExactly(
            "host a.example is paused, its files wait; z lets it go on", "host a.example goes on");
  }

  @Test
  void withoutAChoiceThereIsNothingToPause() {
    press(Key.PAUSE_CHOSEN);
    assertThat(said).containsExactly("choose a file or a host first, with the arrow keys");
  }

  /** The key p does something that can be seen while the schedule pauses too. */
  @Test
  void aPauseComesOnTopOfThatOfTheSchedule() {
    Hold hold =
        new Hold(
            Hold.Reason.WINDOW, "outside the window until 22:00", Instant.now(), Optional.empty());
    control.hold(hold);
    press(Key.PAUSE);
    press(Key.PAUSE);
    assertThat(said)
        .containsExactly(
            "the run pauses already, and your pause comes on top: outside the window until 22:00",
            "your pause has ended, but the run still pauses: outside the window until 22:00");
    assertThat(control.holds()).containsExactly(hold);
    press(Key.PAUSE);
    control.release(Hold.Reason.WINDOW);
    assertThat(control.isPaused()).isTrue();
  }

  /** Types a text into the prompt of a key, and returns what is left of the prompt. */
  private Optional<Prompt> answer(Key key, String text) {
    Optional<Prompt> prompt = steering.prompt(key);
    for (char c : (text + Prompt.ENTER).toCharArray()) {
      prompt = steering.answered(prompt.orElseThrow(), Character.toString(c));
    }
    return prompt;
  }

  @Test
  void aRateIsSetByAPrompt() {
    assertThat(steering.prompt(Key.RATE).orElseThrow().now()).isEqualTo("off");
    assertThat(answer(Key.RATE, "10M")).isEmpty();
    assertThat(control.rate()).isEqualTo(Rate.of(10 << 20));
    assertThat(steering.prompt(Key.RATE).orElseThrow().now()).isEqualTo("10M");
    assertThat(answer(Key.RATE, "off")).isEmpty();
    assertThat(control.rate()).isEqualTo(Rate.UNLIMITED);
    assertThat(said).containsExactly("rate: at most 10M a second", "rate: no limit");
  }

  @Test
  void connectionsAreSetByPrompts() {
    assertThat(steering.prompt(Key.CONNECTIONS).orElseThrow().now()).isEqualTo("64");
    assertThat(answer(Key.CONNECTIONS, "7")).isEmpty();
    assertThat(answer(Key.PER_HOST, " 3 ")).isEmpty();
    assertThat(control.ceilings()).isEqualTo(new RunControl.Ceilings(7, 3));
    assertThat(said).last().isEqualTo("at most 3 connections to each host, 7 in all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RATE | fast | 'fast' is no rate; write for example 10M, or off",
        "CONNECTIONS | 0 | '0' is no number from 1 on; write for example 32",
        "PER_HOST | -1 | '-1' is no number from 1 on; write for example 8"
      })
  void aWrongAnswerStaysInThePrompt(Key key, String text, String problem) {
    Prompt left = answer(key, text).orElseThrow();
    assertThat(left.problem()).contains(problem);
    assertThat(left.text()).isEqualTo(text);
    assertThat(steering.answered(left, "\177").orElseThrow().problem()).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void anEmptyAnswerAndEscChangeNothing() {
    assertThat(answer(Key.RATE, "")).isEmpty();
    assertThat(steering.answered(steering.prompt(Key.RATE).orElseThrow(), "\033")).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void otherKeysSteerNothing() {
    for (Key key : List.of(Key.UP, Key.HELP, Key.LOG, Key.OTHER)) {
      press(key);
    }
    assertThat(said).isEmpty();
    assertThat(control.isPaused() || control.isStopped()).isFalse();
  }
}
