package dev.bulkdl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a usage error says, in one line. */
final class UsageMessage {

  /** After one of these a secret may stand, also where quotes were forgotten; -H is curl's. */
  private static final List<String> BEFORE_SECRETS = List.of("--header-for", "--header", "-H");

  private UsageMessage() {}

  /** Arguments that nothing takes are repeated only if they stand before any header. */
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
