package dev.bulkdl.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A path that the user has written. A leading {@code ~/} is the home folder, because the shell does
 * not expand it behind {@code --option=} or in a variable. A folder named {@code ~} is {@code ./~}.
 */
final class UserPath implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException(
          "'" + text + "' is no path; write for example ./files, or . for the current folder");
    }
    try {
      return Path.of(expanded(text));
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no path; write for example ./files");
    }
  }

  /** Returns the text with the home folder in place of a leading {@code ~}. */
  static String expanded(String text) {
    return text.equals("~") || text.startsWith("~/") ? home() + text.substring(1) : text;
  }

  private static String home() {
    return Optional.ofNullable(System.getenv("HOME"))
        .filter(home -> !home.isBlank())
        .orElseGet(() -> System.getProperty("user.home"));
  }
}
