package dev.bulkdl.cli;

import dev.bulkdl.cli.CommandModel.Choice;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for zsh. Pure. */
final class ZshCompletion {

  private static final String SCRIPT =
      """
      #compdef bulkdl
      # zsh completion for bulkdl
      _bulkdl() {
        local -a commands
        commands=(
      %COMMANDS%
        )
        local command=${words[2]}
        case $command in
      %CASES%
          *)
            _arguments -s \\
      %MAIN%
              '1:command or manifest:->first' \\
              '*:manifest:_files'
            if [[ $state == first ]]; then
              _describe command commands
              _files
            fi
            ;;
        esac
      }
      _bulkdl "$@"
      """;

  private ZshCompletion() {}

  static String script(List<CommandModel> commands) {
    List<CommandModel> others = commands.subList(1, commands.size());
    return SCRIPT
        .replace(
            "%COMMANDS%\n",
            others.stream()
                .map(each -> "    %s\n".formatted(quoted(each.name() + ":" + each.summary())))
                .collect(Collectors.joining()))
        .replace(
            "%CASES%\n", others.stream().map(ZshCompletion::command).collect(Collectors.joining()))
        .replace("%MAIN%\n", options(commands.getFirst(), "        "));
  }

  private static String command(CommandModel command) {
    String argument = command.name().equals("completion") ? "(bash zsh fish)" : "_files";
    return "    %s)\n      shift words\n      (( CURRENT-- ))\n      _arguments -s \\\n%s        '*:argument:%s'\n      ;;\n"
        .formatted(command.name(), options(command, "        "), argument);
  }

  private static String options(CommandModel command, String indent) {
    return command.options().stream()
        .flatMap(
            option -> option.names().stream().map(name -> indent + option(name, option) + " \\\n"))
        .collect(Collectors.joining());
  }

  private static String option(String name, Choice option) {
    String text = name + "[" + option.description().replaceAll("[\\[\\]:]", "") + "]";
    if (!option.hasValue()) {
      return quoted(text);
    }
    String value =
        switch (option.value()) {
          case FILE -> "_files";
          case FOLDER -> "_files -/";
          default ->
              option.choices().isEmpty() ? " " : "(" + String.join(" ", option.choices()) + ")";
        };
    return quoted(text + ":value:" + value);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
