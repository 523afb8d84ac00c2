package dev.bulkdl.cli;

import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code config}: shows the value of each option of a run, and where it comes from. */
@Command(
    name = "config",
    customSynopsis = "bulkdl config [OPTIONS]",
    sortOptions = false,
    description = {
      "Show each option of a run, its value, and where the value comes from.",
      "The command line wins over the environment, and that over the file. Secrets are shown as ***."
    },
    footer = {
      "",
      "The file is ~/.config/bulkdl/config, or in $XDG_CONFIG_HOME/bulkdl, or what --config names.",
      "A line of it is: option = value, for example max-files = 8. Lines with # are comments.",
      "Lists, such as header, may have several lines. Sections for hosts follow the options:",
      "[host \"*.example.org\"] and lines such as connections = 5, requests = 5/s, rate = 10M."
    })
@SuppressWarnings("UnusedVariable") // picocli reads the options of the mixins
final class ConfigCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private RunOptions run;
  @Mixin private ScheduleOptions schedule;
  @Mixin private WatchOption watch;
  @Mixin private OutputOptions output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** An option, its value, and where the value comes from. */
  private record Row(String name, String value, String from) {}

  @Override
  public Integer call() {
    List<Row> rows =
        spec.options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .sorted(Comparator.comparing(HelpSection::of))
            .map(this::row)
            .toList();
    int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    int values = Math.min(40, rows.stream().mapToInt(row -> row.value().length()).max().orElse(0));
    String format = "%-" + names + "s  %-" + Math.max(1, values) + "s  %s";
    rows.forEach(
        row -> terminal.out().println(format.formatted(row.name(), row.value(), row.from())));
    HostRuleText.of(engine.hosts()).forEach(terminal.out()::println);
    return 0;
  }

  private Row row(OptionSpec option) {
    String name = option.longestName().substring(2);
    ParseResult parsed = spec.commandLine().getParseResult();
    EnvironmentDefaults defaults =
        (EnvironmentDefaults) spec.commandLine().getDefaultValueProvider();
    if (parsed.matchedOptionsSet().contains(option)) {
      return new Row(name, shown(option, last(option)), "command line");
    }
    Optional<EnvironmentDefaults.Given> given = defaults.given(option);
    if (given.isEmpty() && option.longestName().equals("--config")) {
      return new Row(name, defaults.file().map(Path::toString).orElse("-"), "default");
    }
    return given
        .map(found -> new Row(name, shown(option, found.text()), from(found)))
        .orElseGet(() -> new Row(name, initial(option.initialValue()), "default"));
  }

  private static String from(EnvironmentDefaults.Given given) {
    return given.isFromEnvironment() ? "environment, " + given.place() : given.place();
  }

  private static String last(OptionSpec option) {
    List<String> values = option.originalStringValues();
    return values.isEmpty() ? "" : values.getLast();
  }

  /** Returns a value without its secrets. */
  private static String shown(OptionSpec option, String text) {
    return switch (option.longestName()) {
      case "--header" -> headers(option.getValue());
      case "--header-for" -> scoped(option.getValue());
      case "--http-proxy", "--https-proxy" -> String.valueOf(option.<Object>getValue());
      default -> Redaction.ofCommandLine(text);
    };
  }

  private static String headers(List<Map.Entry<String, String>> headers) {
    return headers.stream()
        .map(header -> header.getKey() + ": ***")
        .collect(Collectors.joining(", "));
  }

  private static String scoped(List<ScopedHeader> headers) {
    return headers.stream()
        .map(header -> header.scope() + " " + header.name() + ": ***")
        .collect(Collectors.joining(", "));
  }

  private static String initial(Object value) {
    return switch (value) {
      case null -> "-";
      case Choice<?> choice -> initial(choice.value());
      case Duration duration -> Durations.text(duration);
      case Long bytes -> Sizes.text(bytes);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case List<?> list -> list.isEmpty() ? "-" : list.toString();
      default -> value.toString().isEmpty() ? "-" : value.toString();
    };
  }
}
