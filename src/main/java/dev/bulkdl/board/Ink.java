package dev.bulkdl.board;

import dev.bulkdl.board.Look.Paint;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** A line of the board as it is being written. */
final class Ink {

  private final Look look;
  private final AttributedStringBuilder out = new AttributedStringBuilder();

  Ink(Look look) {
    this.look = look;
  }

  Ink put(String text, Paint paint) {
    out.append(text, look.style(paint));
    return this;
  }

  Ink put(String text) {
    return put(text, Paint.PLAIN);
  }

  AttributedString line() {
    return out.toAttributedString();
  }

  static AttributedString line(Look look, String text, Paint paint) {
    return new Ink(look).put(text, paint).line();
  }
}
