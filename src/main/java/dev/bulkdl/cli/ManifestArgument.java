package dev.bulkdl.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The argument that names a manifest. */
final class ManifestArgument {

  private ManifestArgument() {}

  /**
   * Returns the location, with the home folder in place of a leading {@code ~}.
   *
   * @throws ParameterException when there is no such file, and the usual message would repeat a
   *     secret or would not name the command that was meant
   */
  static String checked(String text, CommandSpec command) {
    String location = UserPath.expanded(text);
    if (text.isBlank()) {
      throw new ParameterException(
          command.commandLine(), "give a manifest, for example: bulkdl files.csv");
    }
    if (location.equals("-") || exists(location)) {
      return location;
    }
    GivenArguments given = GivenArguments.of(command);
    if (given.mayBeSecret(text)) {
      throw new ParameterException(
          command.commandLine(),
          given.place(text)
              + ": there is no such file (its name is not repeated here: it follows "
              + given.secretOption()
              + " and may be a secret)");
    }
    if (command.parent() == null) {
      UsageMessage.misspelled(text)
          .ifPresent(
              message -> {
                throw new ParameterException(command.commandLine(), message);
              });
    }
    return location;
  }

  private static boolean exists(String location) {
    try {
      return Files.exists(Path.of(location));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
