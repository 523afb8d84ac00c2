package dev.bulkdl.hook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads the output of a command. The first {@value #MOST} lines are passed on, each cut to {@value
 * #LONGEST} characters. The rest is read and discarded, so that the command never blocks on a full
 * pipe. For one thread.
 */
final class OutputLines {

  static final int MOST = 100;
  static final int LONGEST = 1000;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private int count;

  private OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Reads to the end of the stream, or until reading fails. */
  static void drain(InputStream in, Consumer<String> lines) {
    OutputLines output = new OutputLines(lines);
    try (Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        output.take((char) c);
      }
    } catch (IOException e) {
      // The command was killed: the output so far is all there is.
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
    if (count < MOST) {
      lines.accept(line.toString().stripTrailing());
    } else if (count == MOST) {
      lines.accept("(what follows is left out)");
    }
    count++;
    line.setLength(0);
  }
}
