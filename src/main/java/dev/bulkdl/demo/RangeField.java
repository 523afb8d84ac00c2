package dev.bulkdl.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Range field asks for (RFC 9110 §14.2). */
sealed interface RangeField {

  /** Nothing that a server has to know: another unit, several ranges, or nonsense. */
  record Ignored() implements RangeField {}

  /** The bytes from {@code first} to before {@code end}, at least one, all within the content. */
  record Part(long first, long end) implements RangeField {}

  /** A range that lies outside the content. */
  record Unsatisfiable() implements RangeField {}

  Pattern ONE = Pattern.compile("(?i)bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  /** Reads the field's value for a content of this size. */
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

  /** The last bytes. Of an empty content all of them are none, which no 206 can express. */
  private static RangeField suffix(String length, long size) {
    if (length.isEmpty() || size == 0) {
      return new Ignored();
    }
    long bytes = Math.min(size, number(length));
    return bytes == 0 ? new Unsatisfiable() : new Part(size - bytes, size);
  }

  /** The number, or one that is larger than every size and may still be added to. */
  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(significant);
  }
}
