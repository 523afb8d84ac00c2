package dev.bulkdl.board;

import org.jline.utils.AttributedStyle;

/**
 * The abilities of a terminal, and the characters and styles that fit them.
 *
 * @param unicode whether it shows characters beyond ASCII
 * @param colour whether to use colours and bold text
 */
public record Theme(boolean unicode, boolean colour) {

  /** The meaning of a piece of text. Colour and weight express it. */
  enum Paint {
    PLAIN,
    STRONG,
    DIM,
    DONE,
    BUSY,
    WARN,
    BAD
  }

  private static final String BLOCKS = " ▏▎▍▌▋▊▉█";
  private static final String SPARKS = " ▁▂▃▄▅▆▇█";
  private static final String ASCII_SPARKS = " _.,-=+*#";

  /**
   * The number of steps of a cell from empty to full, and of a sparkline column from zero to the
   * maximum.
   */
  static final int STEPS = 8;

  AttributedStyle style(Paint paint) {
    if (!colour) {
      return AttributedStyle.DEFAULT;
    }
    return switch (paint) {
      case PLAIN -> AttributedStyle.DEFAULT;
      case STRONG -> AttributedStyle.BOLD;
      case DIM -> foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
      case DONE -> foreground(AttributedStyle.GREEN);
      case BUSY -> foreground(AttributedStyle.CYAN);
      case WARN -> foreground(AttributedStyle.YELLOW);
      case BAD -> foreground(AttributedStyle.RED);
    };
  }

  private static AttributedStyle foreground(int colour) {
    return AttributedStyle.DEFAULT.foreground(colour);
  }

  /** Replaces text that was cut. */
  String cut() {
    return unicode ? "…" : "...";
  }

  /** Marks the chosen row. */
  String chosen() {
    return unicode ? "▶" : ">";
  }

  char full() {
    return unicode ? '█' : '#';
  }

  /** A cell in which a connection is writing now. */
  char busy(int step) {
    return unicode ? BLOCKS.charAt(Math.max(1, step)) : '>';
  }

  /** A cell that is filled from its start, but not to its end. */
  char beginning(int step) {
    return unicode ? BLOCKS.charAt(Math.max(1, step)) : '=';
  }

  /** A partly filled cell whose start is missing. */
  char rest() {
    return unicode ? '▐' : '=';
  }

  /** A cell that belongs to a connection's piece and is still to be fetched. */
  char ahead() {
    return unicode ? '░' : '-';
  }

  /** An empty cell that no connection is fetching. */
  char idle() {
    return unicode ? '·' : '.';
  }

  char spark(int step) {
    return (unicode ? SPARKS : ASCII_SPARKS).charAt(step);
  }

  /**
   * Returns the text in characters that the terminal can show. A question mark replaces each of the
   * others.
   */
  String text(String printable) {
    if (printable.codePoints().allMatch(this::canShow)) {
      return printable;
    }
    StringBuilder shown = new StringBuilder(printable.length());
    printable
        .codePoints()
        .filter(c -> !isVariationSelector(c))
        .forEach(c -> shown.appendCodePoint(canShow(c) ? c : '?'));
    return shown.toString();
  }

  private boolean canShow(int c) {
    return c < 0x7f || (unicode && !isVariationSelector(c));
  }

  /**
   * Variation selectors. Terminals disagree about whether they make the character before them
   * wider.
   */
  private static boolean isVariationSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }
}
