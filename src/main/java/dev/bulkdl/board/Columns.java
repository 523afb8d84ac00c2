package dev.bulkdl.board;

import org.jline.utils.WCWidth;

/** Text measured in the columns that it takes on a terminal, not in characters. */
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

  /** The text, or its beginning and the mark, in at most so many columns. */
  static String cutEnd(String text, int columns, String mark) {
    if (width(text) <= columns) {
      return text;
    }
    int room = columns - width(mark);
    return room < 0 ? text.substring(0, fitting(text, columns)) : head(text, room) + mark;
  }

  /** The text, or its beginning, the mark and its end, in at most so many columns. */
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

  /** The text, cut at its end or filled up with blanks, in just so many columns. */
  static String left(String text, int columns, String mark) {
    String cut = cutEnd(text, columns, mark);
    return cut + " ".repeat(Math.max(0, columns - width(cut)));
  }

  /** The same, with the blanks before it. */
  static String right(String text, int columns, String mark) {
    String cut = cutEnd(text, columns, mark);
    return " ".repeat(Math.max(0, columns - width(cut))) + cut;
  }

  private static String head(String text, int columns) {
    return text.substring(0, fitting(text, columns));
  }

  /** How many characters of the beginning fit, with what combines with the last of them. */
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

  /** The end that fits; it begins with no character that would combine with one before. */
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
