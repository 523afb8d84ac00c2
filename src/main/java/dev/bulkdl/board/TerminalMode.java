package dev.bulkdl.board;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the terminal behind standard input hands over keys. The system's own {@code stty} sets it: it
 * brings back everything as it was, line discipline included.
 *
 * @param found the mode as {@code stty -g} tells it
 */
record TerminalMode(String found) {

  private static final long LONGEST_SECONDS = 2;

  /** The mode that the terminal is in. */
  static Optional<TerminalMode> now() {
    return stty("-g").map(String::strip).filter(mode -> !mode.isEmpty()).map(TerminalMode::new);
  }

  /** Keys come one by one, unseen; those that send signals still do. */
  void takeKeys() {
    stty("-icanon", "-echo", "-ixon", "min", "1", "time", "0");
  }

  void restore() {
    stty(found);
  }

  /** What it printed; empty where it failed. */
  private static Optional<String> stty(String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      boolean done = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      return done && process.exitValue() == 0 ? Optional.of(printed) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
