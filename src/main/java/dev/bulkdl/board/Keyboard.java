package dev.bulkdl.board;

import java.io.IOException;
import java.util.function.Consumer;
import org.jline.utils.NonBlockingReader;

/** Turns what a terminal sends into keys. */
final class Keyboard {

  /** The characters of one key come together. */
  private static final long TOGETHER_MILLIS = 50;

  private final NonBlockingReader reader;
  private final Consumer<Key> pressed;

  Keyboard(NonBlockingReader reader, Consumer<Key> pressed) {
    this.reader = reader;
    this.pressed = pressed;
  }

  /** Reads as long as there is a terminal. */
  void read() {
    try {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        pressed.accept(Key.of(sequence((char) c)));
      }
    } catch (IOException e) {
      // The terminal is gone: there are no more keys.
    }
  }

  private String sequence(char first) throws IOException {
    StringBuilder sequence = new StringBuilder().append(first);
    while (Key.isBeginning(sequence.toString())) {
      int c = reader.read(TOGETHER_MILLIS);
      if (c < 0) {
        break;
      }
      sequence.append((char) c);
    }
    return sequence.toString();
  }
}
