package dev.bulkdl.settings;

import dev.bulkdl.model.Schedule;
import java.nio.file.Path;
import java.util.Optional;

/** All settings of a run. Each part states its defaults. */
public record Settings(
    Limits limits,
    RetrySettings patience,
    Timeouts timeouts,
    HttpSettings http,
    DiskSettings disk,
    RecordSettings records,
    RateLimits rates,
    Schedule schedule) {

  /** Settings without rate limits and schedule. */
  public Settings(
      Limits limits,
      RetrySettings patience,
      Timeouts timeouts,
      HttpSettings http,
      DiskSettings disk,
      RecordSettings records) {
    this(limits, patience, timeouts, http, disk, records, RateLimits.NONE, Schedule.NONE);
  }

  /** Returns the defaults for an output folder, which has no default. */
  public static Settings in(Path outputDir) {
    return new Settings(
        Limits.DEFAULTS,
        RetrySettings.DEFAULTS,
        Timeouts.DEFAULTS,
        HttpSettings.DEFAULTS,
        DiskSettings.in(outputDir),
        RecordSettings.DEFAULTS);
  }

  /** Returns these settings for a list with these origins. */
  public Settings forList(ListedOrigins list) {
    return with(http.forList(list));
  }

  /**
   * Returns why these settings are refused: a header that is a credential would go to several
   * origins. The text contains no value of a header.
   */
  public Optional<String> refusal() {
    return http.refusal(patience.probe());
  }

  public Settings with(Limits other) {
    return new Settings(other, patience, timeouts, http, disk, records, rates, schedule);
  }

  public Settings with(RetrySettings other) {
    return new Settings(limits, other, timeouts, http, disk, records, rates, schedule);
  }

  public Settings with(Timeouts other) {
    return new Settings(limits, patience, other, http, disk, records, rates, schedule);
  }

  public Settings with(HttpSettings other) {
    return new Settings(limits, patience, timeouts, other, disk, records, rates, schedule);
  }

  public Settings with(DiskSettings other) {
    return new Settings(limits, patience, timeouts, http, other, records, rates, schedule);
  }

  public Settings with(RecordSettings other) {
    return new Settings(limits, patience, timeouts, http, disk, other, rates, schedule);
  }

  public Settings with(RateLimits other) {
    return new Settings(limits, patience, timeouts, http, disk, records, other, schedule);
  }

  public Settings with(Schedule other) {
    return new Settings(limits, patience, timeouts, http, disk, records, rates, other);
  }
}
