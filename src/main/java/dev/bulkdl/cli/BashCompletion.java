package dev.bulkdl.cli;

import dev.bulkdl.cli.CommandModel.Choice;
import dev.bulkdl.cli.CommandModel.Value;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The completion script for bash. Pure. */
final class BashCompletion {

  private static final String SCRIPT =
      """
      # bash completion for bulkdl
      _bulkdl() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=bulkdl word
        COMPREPLY=()
        if [[ $cur == "=" ]]; then
          cur=
        elif [[ $prev == "=" ]]; then
          prev=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
          case $word in
            %COMMAND_CASE%)
              command=$word
              break
              ;;
          esac
        done
        case $prev in
      %VALUES%
        esac
        if [[ $cur == -* ]]; then
          case $command in
      %OPTIONS%
          esac
        elif [[ $command == completion ]]; then
          COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur"))
        elif [[ $COMP_CWORD -eq 1 ]]; then
          COMPREPLY=($(compgen -W "%COMMANDS%" -- "$cur"; compgen -f -- "$cur"))
        else
          COMPREPLY=($(compgen -f -- "$cur"))
        fi
      }
      complete -o filenames -F _bulkdl bulkdl
      """;

  private BashCompletion() {}

  static String script(List<CommandModel> commands) {
    List<String> names = commands.stream().skip(1).map(CommandModel::name).toList();
    return SCRIPT
        .replace("%COMMAND_CASE%", String.join(" | ", names))
        .replace("%COMMANDS%", String.join(" ", names))
        .replace("%VALUES%\n", values(commands))
        .replace(
            "%OPTIONS%\n",
            commands.stream().map(BashCompletion::options).collect(Collectors.joining()));
  }

  private static String options(CommandModel command) {
    String names =
        command.options().stream()
            .flatMap(option -> option.names().stream())
            .collect(Collectors.joining(" "));
    return "      %s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")) ;;\n"
        .formatted(command.name(), names);
  }

  /** What follows an option, by groups of options. */
  private static String values(List<CommandModel> commands) {
    TreeMap<String, TreeSet<String>> byAction = new TreeMap<>();
    commands.stream()
        .flatMap(command -> command.options().stream())
        .filter(Choice::hasValue)
        .forEach(
            option ->
                byAction
                    .computeIfAbsent(action(option), action -> new TreeSet<>())
                    .addAll(option.names()));
    return byAction.entrySet().stream()
        .map(each -> value(each.getKey(), each.getValue()))
        .collect(Collectors.joining());
  }

  private static String value(String action, Collection<String> names) {
    String reply = action.isEmpty() ? "" : "      COMPREPLY=($(" + action + "))\n";
    return "    %s)\n%s      return\n      ;;\n".formatted(String.join(" | ", names), reply);
  }

  private static String action(Choice option) {
    if (!option.choices().isEmpty()) {
      return "compgen -W \"" + String.join(" ", option.choices()) + "\" -- \"$cur\"";
    }
    if (option.value() == Value.FILE) {
      return "compgen -f -- \"$cur\"";
    }
    return option.value() == Value.FOLDER ? "compgen -d -- \"$cur\"" : "";
  }
}
