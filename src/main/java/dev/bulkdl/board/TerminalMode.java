package dev.bulkdl.board;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The mode of the terminal on standard input. The system's {@code stty} command reads and sets it,
 * because it restores every setting, the line discipline included.
 *
 * @param found the mode as printed by {@code stty -g}
 */
record TerminalMode(String found) {

  private static final long LONGEST_SECONDS = 2;

  /** Reads the current mode. Empty if {@code stty} fails. */
  static Optional<TerminalMode> now() {
    return stty("-g").map(String::strip).filter(mode -> !mode.isEmpty()).map(TerminalMode::new);
  }

  /** Delivers single keys without echo. Keys that send signals, such as Ctrl-C, still do. */
  void takeKeys() {
    stty("-icanon", "-echo", "-ixon", "min", "1", "time", "0");
  }

  void restore() {
    stty(found);
  }

  /** Runs {@code stty} and returns its output. Empty if it fails. */
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
