package dev.bulkdl.hook;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program and its arguments. No shell interprets them, and no text is ever inserted into them.
 * The command receives its data in environment variables, where no character of a file name or of a
 * server's text has a special meaning.
 */
public record HookCommand(List<String> words) {

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  public HookCommand {
    words = List.copyOf(words);
  }

  /**
   * Splits a text into words as a POSIX shell does, with quotes and backslashes but without any
   * expansion.
   *
   * @param searchPath the folders in which a program without a folder is searched, separated as in
   *     {@code PATH}
   * @throws IllegalArgumentException if there is no such program or a quote is not closed; the
   *     message says which
   */
  public static HookCommand parse(String text, String searchPath) {
    List<String> words = Words.split(text);
    if (words.isEmpty() || !isProgram(words.getFirst(), searchPath)) {
      String program = words.isEmpty() ? "" : words.getFirst();
      throw new IllegalArgumentException("there is no program '" + program + "'");
    }
    return new HookCommand(words);
  }

  /** The program, as given. */
  public String program() {
    return words.getFirst();
  }

  private static boolean isProgram(String name, String searchPath) {
    if (name.contains(File.separator)) {
      return isExecutable("", name);
    }
    return !name.isEmpty()
        && SEPARATOR.splitAsStream(searchPath).anyMatch(folder -> isExecutable(folder, name));
  }

  private static boolean isExecutable(String folder, String name) {
    try {
      Path file = Path.of(folder, name);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
