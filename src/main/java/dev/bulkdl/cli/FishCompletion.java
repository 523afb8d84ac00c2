package dev.bulkdl.cli;

import dev.bulkdl.cli.CommandModel.Choice;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for fish. Pure. */
final class FishCompletion {

  private FishCompletion() {}

  static String script(List<CommandModel> commands) {
    List<CommandModel> others = commands.subList(1, commands.size());
    String names = others.stream().map(CommandModel::name).collect(Collectors.joining(" "));
    StringBuilder script = new StringBuilder("# fish completion for bulkdl\n");
    for (CommandModel command : others) {
      script.append(
          "complete -c bulkdl -n __fish_use_subcommand -a %s -d %s\n"
              .formatted(command.name(), quoted(command.summary())));
    }
    script.append(options(commands.getFirst(), "not __fish_seen_subcommand_from " + names));
    others.forEach(
        command ->
            script.append(options(command, "__fish_seen_subcommand_from " + command.name())));
    script.append(
        "complete -c bulkdl -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n");
    return script.toString();
  }

  private static String options(CommandModel command, String condition) {
    return command.options().stream()
        .map(option -> option(option, condition))
        .collect(Collectors.joining());
  }

  private static String option(Choice option, String condition) {
    StringBuilder line = new StringBuilder("complete -c bulkdl -n " + quoted(condition));
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    line.append(
        switch (option.value()) {
          case NONE -> "";
          case FILE -> " -r -F";
          case FOLDER -> " -x -a '(__fish_complete_directories)'";
          case OTHER -> " -x" + choices(option.choices());
        });
    return line.append(" -d ").append(quoted(option.description())).append('\n').toString();
  }

  private static String choices(List<String> choices) {
    return choices.isEmpty() ? "" : " -a " + quoted(String.join(" ", choices));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
