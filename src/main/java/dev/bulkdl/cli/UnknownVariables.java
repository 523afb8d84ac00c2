package dev.bulkdl.cli;

import dev.bulkdl.hook.UsersLocale;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Finds variables of the environment that look like an option and are none. */
final class UnknownVariables {

  /** Variables that scripts/bulkdl reads or sets. Hook commands get those that begin as below. */
  private static final Set<String> INTERNAL =
      Set.of(
          UsersLocale.VARIABLE,
          "BULKDL_JDK_FOLDERS",
          ServeCommand.FIRST_USER,
          ServeCommand.FIRST_PASSWORD,
          JobOptions.TOKEN);

  private static final String OF_A_HOOK = "BULKDL_RESULT_";

  private UnknownVariables() {}

  /**
   * Returns a warning for each unknown variable.
   *
   * @param parsed the command line of this call
   * @param whole builds the command line with all commands, which takes time
   */
  static List<String> warnings(
      Collection<String> variables, CommandLine parsed, Supplier<CommandLine> whole) {
    List<String> left =
        variables.stream()
            .filter(EnvironmentDefaults::isOurs)
            .filter(name -> !INTERNAL.contains(name) && !name.startsWith(OF_A_HOOK))
            .sorted()
            .toList();
    if (left.isEmpty() || ofOptions(parsed).containsAll(left)) {
      return List.of();
    }
    Set<String> known = ofOptions(whole.get());
    return left.stream()
        .filter(name -> !known.contains(name))
        .map(name -> warning(name, known))
        .toList();
  }

  private static String warning(String name, Set<String> known) {
    return "warning: the variable "
        + name
        + " names no option"
        + Suggestion.closest(name, known)
            .map(meant -> "; did you mean " + meant + "?")
            .orElse(" and is ignored");
  }

  private static Set<String> ofOptions(CommandLine line) {
    return Commands.settable(line).stream()
        .map(EnvironmentDefaults::variable)
        .collect(Collectors.toSet());
  }
}
