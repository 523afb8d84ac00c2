package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final Failure RESET = new Failure.Reset("");
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  private final RetryPolicy policy = new RetryPolicy(RetrySettings.DEFAULTS);

  private static Failure asking(Duration wait) {
    return new Failure.Http(503, "", Optional.of(wait));
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT1S",
    "2, PT2S",
    "3, PT4S",
    "6, PT32S",
    "7, PT60S",
    "40, PT60S",
    "2147483647, PT60S",
  })
  void theBoundDoublesUpToTheLongestDelay(int failures, Duration bound) {
    assertThat(policy.delay(failures, RESET, ALMOST_ONE)).isBetween(bound.minusNanos(100), bound);
    assertThat(policy.delay(failures, RESET, 0.5)).isEqualTo(bound.dividedBy(2));
  }

  @Test
  void jitterIsFull() {
    assertThat(policy.delay(5, RESET, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT0S", "PT7S, PT7S", "PT60S, PT60S", "PT61S, PT60S", "PT24H, PT60S"})
  void retryAfterWinsButIsClamped(Duration asked, Duration wait) {
    assertThat(policy.delay(1, asking(asked), 0.3)).isEqualTo(wait);
    assertThat(policy.delay(9, asking(asked), 0.9)).isEqualTo(wait);
  }

  @Test
  void aRefusalWithoutRetryAfterWaitsLikeOtherFailures() {
    Failure plain = new Failure.Http(503, "", Optional.empty());
    assertThat(policy.delay(2, plain, 0.5)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFirstDelayBeyondTheLongestIsClamped() {
    RetrySettings odd =
        RetrySettings.DEFAULTS.withDelays(Duration.ofMinutes(5), Duration.ofSeconds(10));
    assertThat(new RetryPolicy(odd).delay(1, RESET, 0.5)).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest(name = "{0} with Retry-After {1}, {2} served since: counts {3}")
  @CsvSource({
    "429, PT1S, 1, false",
    "503, PT1S, 1, false",
    "503, PT24H, 9999999999, false",
    "429, PT1S, 0, true",
    "503, PT1S, 0, true",
    "429, PT1S, -1, true", // the origin's counters were dropped, so nothing is known
    "429, PT0S, 5, true",
    "429, , 5, true",
    "503, , 5, true",
    "500, PT1S, 5, true",
    "502, PT1S, 5, true",
    "408, PT1S, 5, true",
  })
  void aRequestedWaitDoesNotCountWhileTheOriginServes(
      int status, Duration asked, long served, boolean counts) {
    Failure failure = new Failure.Http(status, "", Optional.ofNullable(asked));
    assertThat(policy.counts(failure, served)).isEqualTo(counts);
  }

  @ParameterizedTest(name = "{0} with Retry-After {1}, {2} URLs refused: pauses {3}")
  @CsvSource({
    "429, PT1S, 1, true",
    "429, , 2, false",
    "429, , 3, true",
    "429, PT0S, 2, false",
    "503, PT1S, 2, false",
    "503, PT1S, 3, true",
    "503, , 3, false",
    "500, PT1S, 3, false",
  })
  void anOriginIsPausedWhereTheRefusalIsNotAboutOneUrl(
      int status, Duration asked, int refusedUrls, boolean pauses) {
    Failure failure = new Failure.Http(status, "", Optional.ofNullable(asked));
    assertThat(RetryPolicy.pausesOrigin(failure, refusedUrls)).isEqualTo(pauses);
  }

  @Test
  void anOriginIsPausedAsLongAsItAsksOrAsTheFirstDelay() {
    assertThat(policy.pause(asking(Duration.ofSeconds(7)))).isEqualTo(Duration.ofSeconds(7));
    assertThat(policy.pause(new Failure.Http(429, "", Optional.empty())))
        .isEqualTo(RetrySettings.DEFAULTS.delay());
  }

  @Test
  void everyOtherFailureCounts() {
    assertThat(policy.counts(RESET, 5)).isTrue();
    assertThat(policy.counts(new Failure.Truncated(""), 5)).isTrue();
  }

  @Test
  void isExhaustedAboveTheNumberOfRetries() {
    assertThat(policy.isExhausted(10)).isFalse();
    assertThat(policy.isExhausted(11)).isTrue();
    assertThat(new RetryPolicy(RetrySettings.DEFAULTS.withRetries(0)).isExhausted(1)).isTrue();
  }
}
