package dev.bulkdl.model;

import dev.bulkdl.text.SizeText;

/**
 * A number of bytes a second, or no limit.
 *
 * @param bytesPerSecond at least 1
 */
public record Rate(long bytesPerSecond) {

  public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE);

  private static final String OFF = "off";

  public Rate {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("a rate is at least 1 byte a second");
    }
  }

  public static Rate of(long bytesPerSecond) {
    return new Rate(bytesPerSecond);
  }

  /**
   * Returns the rate of a text such as {@code 10M}, {@code 65536} or {@code off}.
   *
   * @throws IllegalArgumentException when the text is no rate; the message says why
   */
  public static Rate parse(String text) {
    String rate = text.strip();
    if (rate.equalsIgnoreCase(OFF) || rate.equals("0")) {
      return UNLIMITED;
    }
    try {
      return new Rate(SizeText.bytes(rate));
    } catch (IllegalArgumentException e) {
      String what = "is no size".equals(e.getMessage()) ? "is no rate" : e.getMessage();
      throw new IllegalArgumentException("'" + rate + "' " + what, e);
    }
  }

  public boolean isLimited() {
    return bytesPerSecond != Long.MAX_VALUE;
  }

  /** Returns the text that {@link #parse} reads as this rate. */
  @Override
  public String toString() {
    return isLimited() ? SizeText.of(bytesPerSecond) : OFF;
  }
}
