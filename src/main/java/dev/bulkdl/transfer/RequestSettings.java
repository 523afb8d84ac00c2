package dev.bulkdl.transfer;

import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.RetrySettings;
import dev.bulkdl.model.Settings;
import dev.bulkdl.model.Timeouts;

/** The settings of requests. They say nothing about where the content goes. */
public record RequestSettings(
    Limits limits, RetrySettings patience, Timeouts timeouts, HttpSettings http) {

  /** Returns these settings without those of the disk. */
  public static RequestSettings of(Settings settings) {
    return new RequestSettings(
        settings.limits(), settings.patience(), settings.timeouts(), settings.http());
  }
}
