package dev.bulkdl.transfer;

import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;

/** The settings of requests. They say nothing about where the content goes. */
public record RequestSettings(
    Limits limits, RetrySettings patience, Timeouts timeouts, HttpSettings http, RateLimits rates) {

  /** Settings without rate limits. */
  public RequestSettings(
      Limits limits, RetrySettings patience, Timeouts timeouts, HttpSettings http) {
    this(limits, patience, timeouts, http, RateLimits.NONE);
  }

  /** Returns these settings without those of the disk. */
  public static RequestSettings of(Settings settings) {
    return new RequestSettings(
        settings.limits(),
        settings.patience(),
        settings.timeouts(),
        settings.http(),
        settings.rates());
  }

  public RequestSettings with(Limits other) {
    return new RequestSettings(other, patience, timeouts, http, rates);
  }

  public RequestSettings with(RetrySettings other) {
    return new RequestSettings(limits, other, timeouts, http, rates);
  }

  public RequestSettings with(Timeouts other) {
    return new RequestSettings(limits, patience, other, http, rates);
  }

  public RequestSettings with(HttpSettings other) {
    return new RequestSettings(limits, patience, timeouts, other, rates);
  }

  public RequestSettings with(RateLimits other) {
    return new RequestSettings(limits, patience, timeouts, http, other);
  }
}
