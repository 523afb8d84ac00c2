package dev.bulkdl.http;

/**
 * The bytes of a Range field (RFC 9110 §14.1.2).
 *
 * @param first the first byte wanted, from 0
 * @param end the byte after the last one wanted; {@link #OPEN} for all there is
 */
public record ByteRange(long first, long end) {

  /** No end: everything from {@code first} on. */
  public static final long OPEN = Long.MAX_VALUE;

  public ByteRange {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException("no range: " + first + " to " + end);
    }
  }

  /** The field's value, such as {@code bytes=0-499} or {@code bytes=500-}. */
  public String headerValue() {
    return "bytes=" + first + "-" + (end == OPEN ? "" : Long.toString(end - 1));
  }
}
