package dev.bulkdl.hook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a line into words as a POSIX shell does, but without any expansion. */
final class Words {

  private static final char NONE = 0;
  private static final String SPACES = " \t\n\r";
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private @Nullable StringBuilder word;
  private char quote = NONE;

  private Words(String text) {
    this.text = text;
  }

  /**
   * Returns the words without their quotes and backslashes.
   *
   * @throws IllegalArgumentException if a quote is not closed or nothing follows a backslash
   */
  static List<String> split(String text) {
    Words words = new Words(text);
    for (int at = 0; at < text.length(); at++) {
      at += words.take(at);
    }
    if (words.quote != NONE) {
      throw new IllegalArgumentException("the quote " + words.quote + " is not closed");
    }
    words.end();
    return List.copyOf(words.words);
  }

  /**
   * Processes the character at this index. Returns how many further characters were processed with
   * it.
   */
  private int take(int at) {
    char c = text.charAt(at);
    if (c == '\\' && quote != '\'' && isEscape(at)) {
      word().append(text.charAt(at + 1));
      return 1;
    }
    if (quote != NONE && c == quote) {
      quote = NONE;
    } else if (quote == NONE && (c == '"' || c == '\'')) {
      quote = c;
      word();
    } else if (quote == NONE && SPACES.indexOf(c) >= 0) {
      end();
    } else {
      word().append(c);
    }
    return 0;
  }

  private boolean isEscape(int backslash) {
    if (backslash + 1 == text.length()) {
      throw new IllegalArgumentException("nothing follows the last \\");
    }
    return quote == NONE || ESCAPED_IN_QUOTES.indexOf(text.charAt(backslash + 1)) >= 0;
  }

  /** The current word. A quote begins a word even if nothing is in it. */
  private StringBuilder word() {
    if (word == null) {
      word = new StringBuilder();
    }
    return word;
  }

  private void end() {
    if (word != null) {
      words.add(word.toString());
      word = null;
    }
  }
}
