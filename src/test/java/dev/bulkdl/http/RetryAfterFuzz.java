package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** For every text of Retry-After the wait is from 0 to one day. */
class RetryAfterFuzz {

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  private static final BigInteger DAY = BigInteger.valueOf(Duration.ofDays(1).toSeconds());

  @DictionaryEntries({"Sun, 01 Jun 2025 12:00:30 GMT", "Sunday, 01-Jun-25 12:00:30 GMT", "86400"})
  @FuzzTest
  void isAWaitWithinBounds(byte[] field) {
    String text = new String(field, StandardCharsets.ISO_8859_1);
    Optional<Duration> wait = RetryAfter.parse(text, NOON);
    wait.ifPresent(time -> assertThat(time).isBetween(Duration.ZERO, Duration.ofDays(1)));
    if (text.strip().matches("[0-9]+")) {
      long seconds = new BigInteger(text.strip()).min(DAY).longValueExact();
      assertThat(wait).contains(Duration.ofSeconds(seconds));
    }
  }
}
