package dev.bulkdl.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meaning of a Range field (RFC 9110 §14.2). */
sealed interface RangeField {

  /** A field that the server ignores: another unit, several ranges, or a syntax error. */
  record Ignored() implements RangeField {}

  /**
   * The bytes from {@code first} (inclusive) to {@code end} (exclusive): at least one byte, all
   * within the content.
   */
  record Part(long first, long end) implements RangeField {}

  /** A range outside the content. */
  record Unsatisfiable() implements RangeField {}

  Pattern ONE = Pattern.compile("(?i)bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  /** Parses the field's value for content of this size. */
  static RangeField read(String value, long size) {
    Matcher one = ONE.matcher(value);
    if (!one.matches()) {
      return new Ignored();
    }
    String first = one.group(1);
    String last = one.group(2);
    return first.isEmpty() ? suffix(last, size) : from(number(first), last, size);
  }

  private static RangeField from(long first, String last, long size) {
    if (!last.isEmpty() && number(last) < first) {
      return new Ignored();
    }
    if (first >= size) {
      return new Unsatisfiable();
    }
    return new Part(first, last.isEmpty() ? size : Math.min(size, number(last) + 1));
  }

  /**
   * The last bytes. Ignored for empty content, because a 206 response cannot express an empty
   * range.
   */
  private static RangeField suffix(String length, long size) {
    if (length.isEmpty() || size == 0) {
      return new Ignored();
    }
    long bytes = Math.min(size, number(length));
    return bytes == 0 ? new Unsatisfiable() : new Part(size - bytes, size);
  }

  /** The number, or a value above every size that can still be incremented without overflow. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(significant);
  }
}
