package dev.bulkdl.board;

import java.io.IOException;
import java.util.function.Consumer;
import org.jline.utils.NonBlockingReader;

/** Translates the characters from a terminal into keys. */
final class Keyboard {

  /** The longest gap between two characters of one key's escape sequence. */
  private static final long SEQUENCE_GAP_MILLIS = 50;

  private final NonBlockingReader reader;
  private final Consumer<Key> pressed;

  Keyboard(NonBlockingReader reader, Consumer<Key> pressed) {
    this.reader = reader;
    this.pressed = pressed;
  }

  /** Reads keys until the end of the input. Blocks. */
  void read() {
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        pressed.accept(Key.of(sequence((char) c)));
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
