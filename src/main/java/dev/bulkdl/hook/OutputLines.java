package dev.bulkdl.hook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What a command says: its first lines are handed on, each up to a bound, and the rest is read and
 * dropped, so that the command is never held up. For one thread.
 */
final class OutputLines {

  static final int MOST = 100;
  static final int LONGEST = 1000;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private int told;

  private OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Reads to the end of the stream, or until it cannot be read any more. */
  static void drain(InputStream in, Consumer<String> lines) {
    OutputLines output = new OutputLines(lines);
    try (Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        output.take((char) c);
      }
    } catch (IOException e) {
      // The command was killed: what came is what there is.
    }
    if (!output.line.isEmpty()) {
      output.end();
    }
  }

  private void take(char c) {
    if (c == '\n') {
      end();
    } else if (line.length() < LONGEST) {
      line.append(c);
    }
  }

  private void end() {
    if (told < MOST) {
      lines.accept(line.toString().stripTrailing());
    } else if (told == MOST) {
      lines.accept("(what follows is left out)");
    }
    told++;
    line.setLength(0);
  }
}
