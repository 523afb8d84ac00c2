package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Lease;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Delays, pauses and outages after a failed request. */
class RecoveryTest {

  private static final Download DOWNLOAD = Download.of("a", URI.create("http://h/a"));
  private static final Origin ORIGIN = DOWNLOAD.origin();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Failure RESET = new Failure.Reset("cut");
  private static final RetrySettings TWICE = RetrySettings.DEFAULTS.withRetries(2);
  private static final RetrySettings PROBED =
      new RetrySettings(
          2,
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Optional.of(URI.create("http://u:p@probe/")));

  private final FakeRun run = new FakeRun();
  private final Cancellation cancellation = new Cancellation();

  private TransferContext context;

  private Recovery recovery(RetrySettings patience) {
    context = run.context(patience);
    return new Recovery(context, DOWNLOAD, cancellation, new RetryBudget());
  }

  private static Failure.Http http(int status, Duration wait) {
    return new Failure.Http(status, "", Optional.ofNullable(wait));
  }

  private static FetchResponse failed(Failure failure) {
    return new FetchResponse.Failed(failure, false);
  }

  private static FetchResponse someAnswer() {
    return new FetchResponse.Unsatisfiable(OptionalLong.empty());
  }

  @Test
  void waitsLongerEachTimeAndThenGivesUp() {
    Recovery recovery = recovery(TWICE);
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isFalse();
    assertThat(run.slept).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(run.events)
        .containsExactly(
            new TransferEvent.Retrying(DOWNLOAD, ORIGIN, 1, 2, RESET, Duration.ofMillis(500)),
            new TransferEvent.Retrying(DOWNLOAD, ORIGIN, 2, 2, RESET, Duration.ofSeconds(1)));
  }

  @Test
  void progressResetsTheCount() {
    Recovery recovery = recovery(TWICE);
    for (int bytes = 1; bytes < 50; bytes++) {
      assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, bytes)).isTrue();
    }
    assertThat(run.slept).hasSize(49).containsOnly(Duration.ofMillis(500));
  }

  @Test
  void anOriginThatAsksToWaitIsPausedForAllFiles() {
    Recovery recovery = recovery(TWICE);
    recovery.respectThrottle(http(429, Duration.ofSeconds(7)), ORIGIN);
    assertThat(context.pauses().isPaused(ORIGIN)).isTrue();
    assertThat(run.events)
        .containsExactly(paused(Duration.ofSeconds(7), http(429, Duration.ofSeconds(7))));
    assertThat(run.slept).isEmpty();
  }

  @Test
  void anAbsurdPauseIsClamped() {
    Failure absurd = http(429, Duration.ofDays(1));
    recovery(TWICE).respectThrottle(absurd, ORIGIN);
    assertThat(run.events).containsExactly(paused(Duration.ofSeconds(60), absurd));
  }

  private Recovery recoveryOf(String path) {
    Download download = Download.of("x", URI.create("http://h/" + path));
    return new Recovery(context, download, cancellation, new RetryBudget());
  }

  private void refuse(String... paths) {
    for (String path : paths) {
      recoveryOf(path).respectThrottle(http(503, Duration.ofSeconds(7)), ORIGIN);
    }
  }

  @Test
  void oneUrlThatIsUnavailableDoesNotPauseItsOrigin() {
    recovery(TWICE);
    refuse("a", "a", "a", "a", "b", "b");
    assertThat(context.pauses().isPaused(ORIGIN)).isFalse();
    assertThat(run.events).isEmpty();
  }

  @Test
  void threeUnavailableUrlsPauseTheirOrigin() {
    recovery(TWICE);
    refuse("a", "b", "c");
    assertThat(context.pauses().isPaused(ORIGIN)).isTrue();
    assertThat(run.events)
        .containsExactly(paused(Duration.ofSeconds(7), http(503, Duration.ofSeconds(7))));
  }

  @Test
  void aGoodResponseInBetweenForgetsTheUnavailableUrls() {
    recovery(TWICE);
    refuse("a", "b");
    serve(1);
    refuse("c", "a");
    assertThat(context.pauses().isPaused(ORIGIN)).isFalse();
  }

  @Test
  void anUnavailableUrlIsForgottenWhenItsOwnWaitIsOver() {
    recovery(TWICE);
    refuse("a", "b");
    run.pass(Duration.ofSeconds(7));
    refuse("c", "d");
    assertThat(context.pauses().isPaused(ORIGIN)).isFalse();
  }

  private static TransferEvent paused(Duration pause, Failure cause) {
    return new TransferEvent.OriginPaused(ORIGIN, pause, cause);
  }

  private void serve(int answers) {
    HostProgress host = context.hosts().opened(ORIGIN, false);
    for (int i = 0; i < answers; i++) {
      host.countAnswer();
    }
    context.hosts().closed(host, false);
  }

  @Test
  void aRequestedWaitDoesNotCountWhileTheOriginServesOthers() {
    Recovery recovery = recovery(TWICE);
    for (int i = 0; i < 50; i++) {
      serve(1);
      assertThat(recovery.awaitNextAttempt(http(429, SECOND), ORIGIN, 0)).isTrue();
    }
    assertThat(run.slept).hasSize(50).containsOnly(SECOND);
    assertThat(run.events(TransferEvent.Retrying.class))
        .extracting(TransferEvent.Retrying::attempt)
        .containsOnly(0);
  }

  @Test
  void aRequestedWaitCountsIfTheOriginServesNobody() {
    Recovery recovery = recovery(TWICE);
    serve(1000);
    assertThat(recovery.awaitNextAttempt(http(429, SECOND), ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(http(429, SECOND), ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(http(429, SECOND), ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(http(429, SECOND), ORIGIN, 0)).isFalse();
  }

  @Test
  void aRefusalWithoutRetryAfterCounts() {
    Recovery recovery = recovery(TWICE);
    serve(1000);
    assertThat(recovery.awaitNextAttempt(http(429, null), ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(http(503, Duration.ZERO), ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(http(429, null), ORIGIN, 0)).isFalse();
    assertThat(context.permits().tryAcquire(ORIGIN, cancellation)).isPresent();
    assertThat(context.permits().tryAcquire(ORIGIN, cancellation)).isPresent();
  }

  /** Responses that were under way when the origin asked to wait count as one refusal. */
  @Test
  void aPauseHalvesTheConnectionsOnceForAllItsRefusals() {
    Recovery recovery = recovery(TWICE);
    List<Lease> held =
        Stream.generate(() -> context.permits().acquire(ORIGIN, cancellation)).limit(7).toList();
    for (int i = 0; i < 5; i++) {
      recovery.respectThrottle(http(429, SECOND), ORIGIN);
    }
    held.forEach(Lease::close);
    for (int i = 0; i < 4; i++) {
      assertThat(context.permits().tryAcquire(ORIGIN, cancellation)).isPresent();
    }
    assertThat(context.permits().tryAcquire(ORIGIN, cancellation)).isEmpty();
  }

  @Test
  void otherFailuresPauseNoOrigin() {
    Recovery recovery = recovery(TWICE);
    recovery.respectThrottle(http(503, null), ORIGIN);
    recovery.respectThrottle(http(503, Duration.ZERO), ORIGIN);
    recovery.respectThrottle(http(500, Duration.ofSeconds(7)), ORIGIN);
    recovery.respectThrottle(RESET, ORIGIN);
    assertThat(context.pauses().isPaused(ORIGIN)).isFalse();
    assertThat(run.events).isEmpty();
  }

  @Test
  void withoutAProbeUrlEveryFailureCounts() {
    recovery(TWICE).awaitNextAttempt(RESET, ORIGIN, 0);
    assertThat(run.asked).isEmpty();
    assertThat(run.events(TransferEvent.Retrying.class)).hasSize(1);
  }

  @Test
  void anOutageIsAwaitedAndDoesNotCount() {
    run.answers.addAll(
        List.of(failed(RESET), failed(new Failure.Dns("")), failed(RESET), someAnswer()));
    Recovery recovery = recovery(PROBED);
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(run.events)
        .containsExactly(
            new TransferEvent.OutageBegan(), new TransferEvent.OutageEnded(Duration.ofSeconds(3)));
    run.answers.addAll(List.of(someAnswer(), someAnswer()));
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(run.events(TransferEvent.Retrying.class))
        .extracting(TransferEvent.Retrying::attempt)
        .containsExactly(1, 2);
  }

  @Test
  void anOutageCanLastForHours() {
    for (int i = 0; i < 5000; i++) {
      run.answers.add(failed(RESET));
    }
    run.answers.add(someAnswer());
    assertThat(recovery(PROBED).awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(run.events(TransferEvent.OutageEnded.class))
        .containsExactly(new TransferEvent.OutageEnded(Duration.ofSeconds(5000)));
  }

  @Test
  void aFailureWhileTheProbeAnswersCounts() {
    Recovery recovery = recovery(PROBED);
    for (int i = 0; i < 3; i++) {
      run.answers.add(failed(http(500, null)));
    }
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isTrue();
    assertThat(recovery.awaitNextAttempt(RESET, ORIGIN, 0)).isFalse();
    assertThat(run.events(TransferEvent.OutageBegan.class)).isEmpty();
  }

  @Test
  void anHttpErrorIsNoReasonToProbe() {
    recovery(PROBED).awaitNextAttempt(http(503, null), ORIGIN, 0);
    recovery(PROBED).awaitNextAttempt(new Failure.Truncated(""), ORIGIN, 0);
    assertThat(run.asked).isEmpty();
  }

  @Test
  void theProbeIsAskedOnlyWithItsOwnCredentials() {
    run.answers.add(someAnswer());
    recovery(PROBED).awaitNextAttempt(RESET, ORIGIN, 0);
    assertThat(run.asked)
        .singleElement()
        .satisfies(
            get -> {
              assertThat(get.uri()).hasToString("http://probe/");
              assertThat(get.range()).isEmpty();
              assertThat(get.headers()).hasSize(1);
              assertThat(get.headers().getFirst().getKey()).isEqualTo("Authorization");
            });
  }

  @Test
  void aProbeIsRepeatedEveryFewSecondsForAnyDelay() {
    run.answers.addAll(List.of(failed(RESET), someAnswer()));
    RetrySettings slow =
        new RetrySettings(2, Duration.ofMinutes(5), Duration.ofMinutes(5), PROBED.probe());
    recovery(slow).awaitNextAttempt(RESET, ORIGIN, 0);
    assertThat(run.slept).containsExactly(Duration.ofSeconds(5));
  }
}
