package dev.bulkdl.http;

/**
 * The bytes of a Range field (RFC 9110, 14.1.2).
 *
 * @param first the first requested byte, from 0
 * @param end the byte behind the last requested one; {@link #OPEN} for all bytes from {@code first}
 *     on
 */
public record ByteRange(long first, long end) {

  /** No end: all bytes from {@code first} on. */
  public static final long OPEN = Long.MAX_VALUE;

  public ByteRange {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException("not a range: " + first + " to " + end);
    }
  }

  /** Returns the field's value, for example {@code bytes=0-499} or {@code bytes=500-}. */
  public String headerValue() {
    return "bytes=" + first + "-" + (end == OPEN ? "" : Long.toString(end - 1));
  }
}
