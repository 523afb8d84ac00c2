package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields as servers send them. */
class RateLimitFieldsTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_796_000_000);

  /** Separates fields by two blanks. */
  private static Optional<Duration> pause(String fields) {
    HttpFields.Mutable all = HttpFields.build();
    for (String field : fields.split("  +")) {
      all.add(
          field.substring(0, field.indexOf(':')), field.substring(field.indexOf(':') + 1).strip());
    }
    return RateLimitFields.pause(all, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          # the draft
          RateLimit: "default";r=0;t=55                               | PT55S
          RateLimit: "default";r=50;t=30                              |
          RateLimit: "default";r=1;t=30                               | PT15S
          RateLimit: "default";r=5;t=60                               | PT10S
          RateLimit: "a";r=0;t=5, "b";r=0;t=9;pk=:abc:                | PT9S
          RateLimit: "hour";r=100;t=1800,"day";r=0;t=3000             | PT50M
          RateLimit: "default";r=0                                    |
          RateLimit: "default";r=0;t=100000                           | PT1H
          RateLimit: "default";t=7;r=0                                | PT7S
          # Hugging Face: the policy is no valid structured field
          RateLimit: "api";r=0;t=55  RateLimit-Policy: "fixed window";"api";q=500;w=300 | PT55S
          # another unit than requests
          RateLimit: "b";r=0;t=55  RateLimit-Policy: "b";q=500;qu="content-bytes";w=300 |
          RateLimit: "b";r=0;t=55  RateLimit-Policy: "a";q=1, "b";q=500;qu="requests"   | PT55S
          # before the draft's version 08
          RateLimit: limit=100, remaining=0, reset=50                 | PT50S
          RateLimit: limit=100, remaining=9, reset=50                 |
          RateLimit-Limit: 100  RateLimit-Remaining: 0  RateLimit-Reset: 50 | PT50S
          RateLimit-Limit: 100, 100;w=60  RateLimit-Remaining: 3  RateLimit-Reset: 50 |
          # Zenodo, GitHub: seconds since 1970
          X-RateLimit-Limit: 60  X-RateLimit-Remaining: 0  X-RateLimit-Reset: 1796000042 | PT42S
          X-RateLimit-Limit: 60  X-RateLimit-Remaining: 59  X-RateLimit-Reset: 1796000042 |
          x-ratelimit-remaining: 0  x-ratelimit-reset: 1796000042     | PT42S
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: 1796000042000  | PT42S
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: 1795999999     |
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: 12             | PT12S
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: 1796900000     | PT1H
          # malformed
          RateLimit: "default;r=0;t=55                                |
          RateLimit: "default";r=-1;t=55                              |
          RateLimit: "default";r=0;t=soon                             |
          RateLimit: 0                                                |
          RateLimit: ,,                                               |
          X-RateLimit-Remaining: none  X-RateLimit-Reset: 12          |
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: Mon, 30 Nov 2026 09:00:00 GMT |
          X-RateLimit-Remaining: 0                                    |
          X-RateLimit-Remaining: 0  X-RateLimit-Reset: 99999999999999999999 |
          """)
  void saysHowLongToPause(String fields, Duration pause) {
    assertThat(pause(fields)).isEqualTo(Optional.ofNullable(pause));
  }
}
