package dev.bulkdl.board;

import org.jline.utils.AttributedStyle;

/**
 * What a terminal can show.
 *
 * @param unicode whether more than ASCII
 * @param colour whether colours and weights
 */
public record Theme(boolean unicode, boolean colour) {

  /** What a piece of text means, which colour and weight make plain. */
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

  /** The steps of a cell from empty to full, and of a spark from nothing to the most. */
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

  /** Stands for what was cut. */
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

  /** A cell in which a connection writes. */
  char busy(int step) {
    return unicode ? BLOCKS.charAt(Math.max(1, step)) : '>';
  }

  /** A cell that is full from its beginning so far. */
  char beginning(int step) {
    return unicode ? BLOCKS.charAt(Math.max(1, step)) : '=';
  }

  /** A cell of which some is there, but not its beginning. */
  char rest() {
    return unicode ? '▐' : '=';
  }

  /** A cell of what a connection is about to fetch. */
  char ahead() {
    return unicode ? '░' : '-';
  }

  /** A cell that no connection fetches now. */
  char idle() {
    return unicode ? '·' : '.';
  }

  char spark(int step) {
    return (unicode ? SPARKS : ASCII_SPARKS).charAt(step);
  }

  /** The text in characters that the terminal can show; each of the others becomes one mark. */
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

  /** Terminals do not agree whether these make the character before them wider. */
  private static boolean isVariationSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }
}
