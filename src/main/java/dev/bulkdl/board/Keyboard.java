package dev.bulkdl.board;

import java.io.IOException;
import java.util.function.Consumer;
import org.jline.utils.NonBlockingReader;

/** Splits the characters from a terminal into those of each key press. */
final class Keyboard {

  /**
   * The longest gap between two characters of one key's escape sequence. The Escape key alone is
   * known only after it. A shorter gap loses keys on a machine that is short of processor time.
   */
  private static final long SEQUENCE_GAP_MILLIS = 250;

  private final NonBlockingReader reader;
  private final Consumer<String> pressed;

  Keyboard(NonBlockingReader reader, Consumer<String> pressed) {
    this.reader = reader;
    this.pressed = pressed;
  }

  /** Reads keys until the end of the input. Blocks. */
  void read() {
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        pressed.accept(sequence((char) c));
      }
    } catch (IOException e) {
      // The terminal is gone, so no more keys can come.
    }
  }

  private String sequence(char first) throws IOException {
    StringBuilder sequence = new StringBuilder().append(first);
    while (Key.isBeginning(sequence.toString())) {
      int c = reader.read(SEQUENCE_GAP_MILLIS);
      if (c < 0) {
        break;
      }
      sequence.append((char) c);
    }
    return sequence.toString();
  }
}
