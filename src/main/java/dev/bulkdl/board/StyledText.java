package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Builds a styled line of the board. */
final class StyledText {

  private final Theme look;
  private final AttributedStringBuilder out = new AttributedStringBuilder();

  StyledText(Theme look) {
    this.look = look;
  }

  StyledText put(String text, Paint paint) {
    out.append(text, look.style(paint));
    return this;
  }

  StyledText put(String text) {
    return put(text, Paint.PLAIN);
  }

  AttributedString line() {
    return out.toAttributedString();
  }

  static AttributedString line(Theme look, String text, Paint paint) {
    return new StyledText(look).put(text, paint).line();
  }
}
