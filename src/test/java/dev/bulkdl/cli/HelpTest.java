package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The short help and the help by sections. */
class HelpTest {

  private static final Pattern OPTION = Pattern.compile("(?m)^ {2,}(-\\w, )?(--[\\w-]+)");

  private static String help(String... arguments) {
    InProcess.Ended ended = InProcess.run(Map.of(), List.of(arguments));
    assertThat(ended.exit()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
    return ended.out();
  }

  private static List<String> options(String help) {
    return OPTION.matcher(help).results().map(found -> found.group(2)).toList();
  }

  private static CommandLine line() {
    Terminal terminal = new Terminal(System.in, System.out, System.err, Map.of());
    return Commands.line(terminal, new EnvironmentDefaults(Map.of()), name -> true);
  }

  private static Stream<CommandLine> commands() {
    CommandLine line = line();
    return Stream.concat(Stream.of(line), line.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run ", "get ", "plan ", "verify ", "bench ", "demo "})
  void theShortHelpHasAtMostTenOptionsAndThreeExamples(String command) {
    String help = help((command + "-h").split(" "));
    assertThat(options(help)).hasSizeBetween(3, 10).doesNotHaveDuplicates();
    assertThat(help).contains("Examples:", "All options: bulkdl " + command + "--help");
    assertThat(help.substring(help.indexOf("Examples:")).lines().filter(l -> l.startsWith("  ")))
        .hasSize(3);
  }

  /** Behind two blanks an example says what it does. */
  @Test
  void everyExampleIsACommandLine() {
    commands()
        .flatMap(command -> HelpExamples.of(command.getCommandName()).stream())
        .map(example -> example.replaceFirst("   ?[^-].*", "").split(" +"))
        .forEach(
            words -> {
              List<String> arguments = new ArrayList<>(List.of(words).subList(1, words.length));
              arguments.replaceAll(word -> word.startsWith("@") ? "X-Key: k" : word);
              line().parseArgs(arguments.toArray(String[]::new));
            });
  }

  @Test
  void theWholeHelpShowsEachOptionOnceBySections() {
    commands()
        .filter(command -> !command.getCommandName().equals("help"))
        .forEach(
            command -> {
              String name = command.getCommandName();
              String help = name.equals("bulkdl") ? help("--help") : help(name, "--help");
              assertThat(options(help))
                  .as(name)
                  .containsExactlyInAnyOrderElementsOf(
                      HelpText.shown(command.getCommandSpec()).stream()
                          .map(OptionSpec::longestName)
                          .toList());
            });
    assertThat(help("--help"))
        .containsSubsequence(
            "Files:",
            "--output-dir",
            "Speed:",
            "--max-files",
            "Retries and timeouts:",
            "--retries",
            "HTTP, TLS and proxies:",
            "--header",
            "--http-proxy",
            "Disk:",
            "--sync",
            "Output:",
            "--quiet",
            "--metrics-port",
            "Commands of your own:",
            "--on-file",
            "General:",
            "--help",
            "Commands:",
            "Exit codes:");
  }

  @ParameterizedTest
  @CsvSource({
    "plan, --on-file",
    "plan, --log-file",
    "plan, --sync",
    "demo, --header",
    "demo, --http-proxy",
    "demo, --probe-url",
    "get, --skip-bad-rows",
    "verify, --max-files",
    "bench, --max-files"
  })
  void whatChangesNothingInACommandIsNotShown(String command, String option) {
    assertThat(options(help(command, "--help"))).doesNotContain(option).isNotEmpty();
  }

  /** So that a run becomes a plan by one more word. */
  @Test
  void aPlanTakesEveryOptionOfARun() {
    CommandLine line = line();
    assertThat(line.getSubcommands().get("plan").getCommandSpec().optionsMap().keySet())
        .containsAll(line.getCommandSpec().optionsMap().keySet());
  }

  @Test
  void theHelpOfACommandIsTheSameByItsTwoWays() {
    assertThat(help("help", "get")).isEqualTo(help("get", "--help"));
    assertThat(help("help")).contains("--max-files", "verify");
  }

  @Test
  void theFirstLineOfACommandIsASentence() {
    commands()
        .map(command -> command.getCommandSpec().usageMessage().description()[0])
        .forEach(line -> assertThat(line).endsWith("."));
  }
}
