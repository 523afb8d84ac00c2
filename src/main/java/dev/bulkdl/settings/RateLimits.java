package dev.bulkdl.settings;

import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import java.time.ZoneId;

/**
 * The rate limits of a run.
 *
 * @param total for all connections together
 * @param perHost for the connections to each host together
 * @param perConnection for each connection
 * @param requests for the starts of requests to each host
 */
public record RateLimits(
    RateTable total, RateTable perHost, RateTable perConnection, RequestRate requests) {

  public static final RateLimits NONE =
      new RateLimits(
          RateTable.UNLIMITED, RateTable.UNLIMITED, RateTable.UNLIMITED, RequestRate.UNLIMITED);

  public RateLimits withTotal(RateTable other) {
    return new RateLimits(other, perHost, perConnection, requests);
  }

  public RateLimits withPerHost(RateTable other) {
    return new RateLimits(total, other, perConnection, requests);
  }

  public RateLimits withPerConnection(RateTable other) {
    return new RateLimits(total, perHost, other, requests);
  }

  public RateLimits withRequests(RequestRate other) {
    return new RateLimits(total, perHost, perConnection, other);
  }

  /** Returns the same entries as times of another zone. */
  public RateLimits in(ZoneId zone) {
    return new RateLimits(total.in(zone), perHost.in(zone), perConnection.in(zone), requests);
  }
}
