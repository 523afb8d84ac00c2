package dev.bulkdl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the one-line message of a usage error. */
final class UsageMessage {

  /**
   * A secret may follow one of these options, even if the user forgot the quotes. -H is curl's
   * option.
   */
  private static final List<String> BEFORE_SECRETS = List.of("--header-for", "--header", "-H");

  private UsageMessage() {}

  /**
   * Returns the message. It repeats unknown arguments only if they stand before all header options.
   */
  static String of(ParameterException e, String[] arguments) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return message;
    }
    List<String> shown =
        Arrays.stream(arguments)
            .takeWhile(given -> secretOptions(given).findAny().isEmpty())
            .toList();
    return Arrays.stream(arguments)
        .flatMap(UsageMessage::secretOptions)
        .findFirst()
        .filter(
            option ->
                unmatched.getUnmatched().isEmpty() || !shown.containsAll(unmatched.getUnmatched()))
        .map(
            option ->
                "there is an argument that nothing takes after "
                    + option
                    + " (not repeated here, it may be a secret); write --header 'X-Token: abc',"
                    + " or --header-for example.org 'X-Token: abc'")
        .orElse(message);
  }

  private static Stream<String> secretOptions(String argument) {
    return BEFORE_SECRETS.stream().filter(argument::startsWith).limit(1);
  }
}
