package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/**
 * A question in the last line of the board, and what the user has typed.
 *
 * @param now the value that is in force
 * @param problem why the last answer was refused
 */
record Prompt(Subject subject, String text, String now, Optional<String> problem) {

  static final String ENTER = "\r";
  private static final int MOST = 100;

  /** What a prompt sets. */
  enum Subject {
    RATE("rate", "10M, or off"),
    CONNECTIONS("connections in all", "32"),
    PER_HOST("connections to each host", "8");

    private final String label;
    private final String example;

    Subject(String label, String example) {
      this.label = label;
      this.example = example;
    }

    /** Returns a right answer, for people. */
    String example() {
      return example;
    }
  }

  static Prompt of(Subject subject, String now) {
    return new Prompt(subject, "", now, Optional.empty());
  }

  /** Whether this key ends the input. */
  static boolean isEnter(String typed) {
    return typed.equals(ENTER) || typed.equals("\n");
  }

  /**
   * Returns the prompt after a key other than Enter; empty after Esc.
   *
   * @param typed the characters that the terminal sent for the key
   */
  Optional<Prompt> after(String typed) {
    return switch (typed) {
      case "\033" -> Optional.empty();
      case "\177", "\b" -> Optional.of(with(text.substring(0, Math.max(0, text.length() - 1))));
      case "\025" -> Optional.of(with("")); // Ctrl-U
      default -> Optional.of(isText(typed) && text.length() < MOST ? with(text + typed) : this);
    };
  }

  private static boolean isText(String typed) {
    return typed.length() == 1 && typed.charAt(0) >= ' ' && typed.charAt(0) <= '~';
  }

  private Prompt with(String changed) {
    return new Prompt(subject, changed, now, Optional.empty());
  }

  /** Returns the same prompt, with the reason why the text is refused. */
  Prompt refused(String why) {
    return new Prompt(subject, text, now, Optional.of(why));
  }

  /** The line of the prompt. */
  AttributedString line(Screen screen) {
    List<Item> items = new ArrayList<>();
    items.add(Item.of(20, Paint.STRONG, subject.label + ": " + text + "_", text + "_"));
    problem.ifPresent(why -> items.add(Item.of(12, Paint.BAD, why, why.replaceFirst(";.*", ""))));
    items.add(Item.of(8, Paint.DIM, "Enter sets it, Esc leaves it", "Enter, Esc"));
    if (problem.isEmpty()) {
      items.add(Item.of(6, Paint.DIM, "now " + now));
      items.add(Item.of(4, Paint.DIM, "for example " + subject.example, subject.example));
    }
    return Item.line(items, screen.width(), screen.look());
  }
}
