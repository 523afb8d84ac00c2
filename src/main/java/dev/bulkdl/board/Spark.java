package dev.bulkdl.board;

import java.util.Collections;
import java.util.List;

/** A sparkline: a chart of small columns in one line of text. */
final class Spark {

  private Spark() {}

  /** Draws the last {@code columns} values. The highest of all values has full height. */
  static String line(List<Long> values, int columns, Theme look) {
    long most = values.isEmpty() ? 0 : Collections.max(values);
    StringBuilder line = new StringBuilder(columns);
    for (long value : values.subList(Math.max(0, values.size() - columns), values.size())) {
      line.append(look.spark(step(value, most)));
    }
    return line.toString();
  }

  /** The height of a column. Every value above 0 is visible. */
  private static int step(long value, long most) {
    return value <= 0 ? 0 : (int) Math.ceil((double) Theme.STEPS * value / most);
  }
}
