package dev.bulkdl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the one-line message of a usage error. It blames only the argument that is wrong. */
final class UsageMessage {

  private static final String QUOTE_IT =
      "; quote a header as one argument, for example --header 'X-Token: abc'";

  private final GivenArguments given;

  UsageMessage(GivenArguments given) {
    this.given = given;
  }

  String of(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, e.getCommandLine().getCommandSpec());
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (message.contains(" while processing argument at or before ")) {
      return "this command line cannot be read"; // picocli's message repeats all arguments
    }
    if (message.startsWith("Unknown subcommand '")) {
      String word = message.substring(message.indexOf('\'') + 1, message.lastIndexOf('\''));
      return given.mayBeSecret(word) ? given.place(word) + " is no command" : unknownCommand(word);
    }
    return withoutSecret(message, e);
  }

  private static String unknownCommand(String word) {
    return "no command "
        + word
        + Commands.similar(word).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Repeats a wrong value only if it cannot be a secret. */
  private String withoutSecret(String message, ParameterException e) {
    String value = Optional.ofNullable(e.getValue()).orElse("");
    if (value.isEmpty() || !given.mayBeSecret(value)) {
      return message;
    }
    String safe = message.replace("'" + value + "'", given.place(value));
    boolean repeated = safe.replace(given.place(value), "").contains(value);
    return repeated && e.getArgSpec() instanceof OptionSpec option
        ? "invalid value for option " + option.longestName() + ": " + given.place(value)
        : safe;
  }

  private String unmatched(UnmatchedArgumentException e, CommandSpec command) {
    List<String> unmatched = e.getUnmatched();
    Optional<String> option = unmatched.stream().filter(UsageMessage::isOption).findFirst();
    if (option.isPresent()) {
      return unknownOption(option.get(), command);
    }
    Optional<String> misspelled = misspelledCommand(command);
    if (misspelled.isPresent()) {
      return misspelled.get();
    }
    String extra = unmatched.isEmpty() ? "" : unmatched.getFirst();
    return given.mayBeSecret(extra)
        ? notRepeated(given.place(extra)) + " is one too many" + QUOTE_IT
        : tooMany(extra, command);
  }

  private static boolean isOption(String argument) {
    return argument.length() > 1 && argument.startsWith("-");
  }

  private String unknownOption(String argument, CommandSpec command) {
    Collection<String> options = command.optionsMap().keySet();
    Optional<String> whole = Suggestion.forOption(withoutValue(argument), options);
    // Only a name that resembles an option is shown to its end: -uNAME:PASSWORD holds a secret.
    String name = whole.isPresent() ? withoutValue(argument) : GivenArguments.nameOf(argument);
    String meant =
        whole
            .or(() -> Suggestion.forOption(name, options))
            .map(similar -> "; did you mean " + similar + "?")
            .orElse("");
    if (given.mayBeSecret(argument)) {
      return notRepeated(given.place(argument))
          + " is no option"
          + (meant.isEmpty() ? QUOTE_IT : meant);
    }
    return (command.parent() == null ? "" : command.name() + " has ") + "no option " + name + meant;
  }

  private static String withoutValue(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  /** Explains a first word that is neither a command nor a file. */
  private Optional<String> misspelledCommand(CommandSpec command) {
    if (command.parent() != null || given.all().size() < 2) {
      return Optional.empty();
    }
    String word = given.all().getFirst();
    return isOption(word) || exists(word)
        ? Optional.empty()
        : misspelled(word).or(() -> Optional.of("no command and no file " + word));
  }

  /** Returns a message if the word resembles a command. */
  static Optional<String> misspelled(String word) {
    return Commands.similar(word)
        .map(name -> "no command and no file " + word + "; did you mean bulkdl " + name + "?");
  }

  private static boolean exists(String word) {
    try {
      return Files.exists(Path.of(UserPath.expanded(word)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String tooMany(String extra, CommandSpec command) {
    List<String> takes = new ArrayList<>();
    command.positionalParameters().forEach(each -> takes.add(each.paramLabel()));
    String what = takes.isEmpty() ? "no argument" : "one " + takes.getFirst();
    return "'" + extra + "' is one argument too many: " + command.name() + " takes " + what;
  }

  private String notRepeated(String place) {
    return place
        + " (not repeated here: it follows "
        + given.secretOption()
        + " and may be a secret)";
  }
}
