package dev.bulkdl.rate;

import dev.bulkdl.model.RateTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of one connection: its own, its host's, its run's and its engine's. It waits for
 * the innermost first: a connection that waits for its host is in no other queue, so it holds up no
 * other host. For one thread at a time.
 */
public final class ConnectionRate {

  private final RunRates rates;
  private final String host;
  private final Optional<RateLimiter> ruled;
  private @Nullable RateLimiter own;

  /**
   * @param ruled the limit that a rule sets for the host, in place of the one for each host
   */
  ConnectionRate(RunRates rates, String host, Optional<RateLimiter> ruled) {
    this.rates = rates;
    this.host = host;
    this.ruled = ruled;
  }

  /**
   * Whether there is a limit of the rate or of the bytes, now or at another time. Takes no lock and
   * reads no clock.
   */
  public boolean isActive() {
    return rates.run().isActive()
        || rates.engine().isActive()
        || (ruled.isPresent() ? ruled.get().isActive() : rates.perHost().isPresent())
        || rates.perConnection().isPresent()
        || rates.allowance().isPresent();
  }

  /**
   * Waits until bytes are within all limits, and takes them from what the run may receive.
   *
   * @param wanted how many the caller has, at least 1
   * @return how many it may take, at least 1
   * @throws InterruptedException when the thread was interrupted
   */
  public int acquire(int wanted) throws InterruptedException {
    @Nullable RateLimiter connection = connection();
    @Nullable RateLimiter ofHost = (ruled.isPresent() ? ruled : rates.host(host)).orElse(null);
    int count = wanted;
    count = piece(connection, count);
    count = piece(ofHost, count);
    count = piece(rates.run(), count);
    if (rates.engine().isActive()) {
      count = rates.engine().piece(count, rates.flow());
    }
    await(connection, count);
    await(ofHost, count);
    await(rates.run(), count);
    if (rates.engine().isActive()) {
      rates.engine().await(count, rates.flow());
    }
    Optional<ByteAllowance> allowance = rates.allowance();
    return allowance.isPresent() ? allowance.get().take(count) : count;
  }

  private @Nullable RateLimiter connection() {
    Optional<RateTable> table = rates.perConnection();
    if (table.isEmpty()) {
      own = null;
    } else if (own == null) {
      own = rates.limiter(table.get());
    } else if (!own.table().equals(table.get())) {
      own.limit(table.get());
    }
    return own;
  }

  private static int piece(@Nullable RateLimiter limiter, int count) {
    return limiter != null && limiter.isActive() ? limiter.piece(count) : count;
  }

  private static void await(@Nullable RateLimiter limiter, int count) throws InterruptedException {
    if (limiter != null && limiter.isActive()) {
      limiter.await(count);
    }
  }
}
