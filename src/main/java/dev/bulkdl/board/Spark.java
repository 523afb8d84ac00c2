package dev.bulkdl.board;

import java.util.Collections;
import java.util.List;

/** A row of small columns. */
final class Spark {

  private Spark() {}

  /** The last values in so many columns, the highest of all of them in full height. */
  static String line(List<Long> values, int columns, Theme look) {
    long most = values.isEmpty() ? 0 : Collections.max(values);
    StringBuilder line = new StringBuilder(columns);
    for (long value : values.subList(Math.max(0, values.size() - columns), values.size())) {
      line.append(look.spark(step(value, most)));
    }
    return line.toString();
  }

  /** Every value above 0 can be seen. */
  private static int step(long value, long most) {
    return value <= 0 ? 0 : (int) Math.ceil((double) Theme.STEPS * value / most);
  }
}
