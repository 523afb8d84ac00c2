package dev.bulkdl.board;

import org.jline.utils.WCWidth;

/** Measures and cuts text in terminal columns, not in characters. */
final class Columns {

  private Columns() {}

  static int width(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      columns += width(c);
      i += Character.charCount(c);
    }
    return columns;
  }

  private static int width(int c) {
    return c >= ' ' && c < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(c));
  }

  /** Returns the text, cut to at most {@code columns} columns. A cut text ends with the mark. */
  static String cutEnd(String text, int columns, String mark) {
    if (width(text) <= columns) {
      return text;
    }
    int room = columns - width(mark);
    return room < 0 ? text.substring(0, fitting(text, columns)) : head(text, room) + mark;
  }

  /** Returns the text, cut to at most {@code columns} columns. The mark replaces the middle. */
  static String cutMiddle(String text, int columns, String mark) {
    if (width(text) <= columns) {
      return text;
    }
    int room = columns - width(mark);
    if (room < 2) {
      return cutEnd(text, columns, mark);
    }
    String head = head(text, room / 2);
    return head + mark + tail(text, room - width(head));
  }

  /**
   * Returns the text in exactly {@code columns} columns: cut at its end, or padded with blanks on
   * the right.
   */
  static String left(String text, int columns, String mark) {
    String cut = cutEnd(text, columns, mark);
    return cut + " ".repeat(Math.max(0, columns - width(cut)));
  }

  /**
   * Returns the text in exactly {@code columns} columns: cut at its end, or padded with blanks on
   * the left.
   */
  static String right(String text, int columns, String mark) {
    String cut = cutEnd(text, columns, mark);
    return " ".repeat(Math.max(0, columns - width(cut))) + cut;
  }

  private static String head(String text, int columns) {
    return text.substring(0, fitting(text, columns));
  }

  /**
   * How many characters from the start fit. Combining characters stay with their base character.
   */
  private static int fitting(String text, int columns) {
    int left = columns;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      left -= width(c);
      if (left < 0) {
        return i;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /** The longest end that fits. It never starts with a combining character. */
  private static String tail(String text, int columns) {
    int left = columns;
    int start = text.length();
    for (int i = text.length(); i > 0; ) {
      int c = text.codePointBefore(i);
      i -= Character.charCount(c);
      left -= width(c);
      if (left < 0) {
        break;
      }
      if (width(c) > 0) {
        start = i;
      }
    }
    return text.substring(start);
  }
}
