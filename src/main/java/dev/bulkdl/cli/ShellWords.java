package dev.bulkdl.cli;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes arguments for a POSIX shell. */
final class ShellWords {

  private ShellWords() {}

  static String quoted(String text) {
    return text.matches("[\\w/.:+@%,-][\\w/.:+@%,=-]*")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }

  static String joined(Collection<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }
}
