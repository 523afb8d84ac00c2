package dev.bulkdl.settings;

import java.time.Duration;

/** Checks of settings; a violation names the setting and the value. */
public final class Require {

  private Require() {}

  /**
   * Refuses a value below a minimum.
   *
   * @throws IllegalArgumentException when the value is less
   */
  public static void atLeast(long minimum, long value, String setting) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          setting + " must be at least " + minimum + ", not " + value);
    }
  }

  static void positive(Duration value, String setting) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(setting + " must be longer than 0, not " + value);
    }
  }
}
