package dev.bulkdl.settings;

import dev.bulkdl.text.SourceUri;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How often and how long failed attempts are repeated.
 *
 * @param retries attempts without progress before a file fails, at least 0
 * @param delay the bound of the first random wait; it doubles from attempt to attempt
 * @param maxDelay the bound that no wait exceeds, one that the server asks for included
 * @param probe what can be reached while the network is up; failures during an outage are not
 *     counted
 */
public record RetrySettings(int retries, Duration delay, Duration maxDelay, Optional<URI> probe) {

  public static final RetrySettings DEFAULTS =
      new RetrySettings(10, Duration.ofSeconds(1), Duration.ofSeconds(60), Optional.empty());

  public RetrySettings {
    Require.atLeast(0, retries, "retries");
    Require.positive(delay, "delay");
    Require.positive(maxDelay, "maxDelay");
    probe = probe.map(SourceUri::checked);
  }

  public RetrySettings withRetries(int attempts) {
    return new RetrySettings(attempts, delay, maxDelay, probe);
  }

  public RetrySettings withDelays(Duration first, Duration longest) {
    return new RetrySettings(retries, first, longest, probe);
  }

  public RetrySettings withProbe(URI url) {
    return new RetrySettings(retries, delay, maxDelay, Optional.of(url));
  }
}
