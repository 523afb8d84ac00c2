package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion scripts and the manual page, made from the options. */
@DisabledOnOs(OS.WINDOWS)
class CompletionTest {

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createFile(folder.resolve("list.csv"));
    Files.createDirectory(folder.resolve("lists"));
  }

  private static String out(String... arguments) {
    InProcess.Ended ended = InProcess.run(Map.of(), List.of(arguments));
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  private Result run(String... command) throws IOException {
    try (BulkdlProcess process =
        new BulkdlProcess(new ProcessBuilder(command).directory(folder.toFile()).start(), "")) {
      return process.awaitExit();
    }
  }

  /** Returns what bash offers for these words; the last one is being typed. */
  private List<String> offered(String line) throws IOException {
    Files.writeString(folder.resolve("completion.bash"), out("completion", "bash"));
    String ask =
        """
        source ./completion.bash
        read -ra COMP_WORDS <<< "$1"
        [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE=$1 COMP_POINT=${#1}
        _bulkdl bulkdl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Result result = run("bash", "--norc", "-uc", ask, "bash", line);
    assertThat(result.err()).isEmpty();
    return result.out().lines().filter(word -> !word.isEmpty()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bulkdl --max-f | --max-file-size --max-files",
        "bulkdl list.csv --max-c | --max-connections",
        "bulkdl verify --ver | --verbose --version",
        "bulkdl verify --max | ''",
        "bulkdl bench --connec | --connections --connect-timeout",
        "bulkdl ver | verify version",
        "bulkdl --sync l | large",
        "bulkdl --sync = l | large",
        "bulkdl plan --log-format | ''",
        "bulkdl completion z | zsh",
        "bulkdl verify list | list.csv lists",
        "bulkdl list | list.csv lists",
        "bulkdl x -d list | lists",
        "bulkdl x --cacert list | list.csv lists",
        "bulkdl -j list | ''",
      })
  void bashOffersWhatFits(String line, String words) throws IOException {
    List<String> expected = words.isBlank() ? List.of() : List.of(words.split(" "));
    assertThat(offered(line)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void bashKnowsItsFunction() throws IOException {
    Files.writeString(folder.resolve("completion.bash"), out("completion", "bash"));
    Result result = run("bash", "--norc", "-c", "source ./completion.bash && complete -p bulkdl");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("-F _bulkdl bulkdl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zsh", "fish"})
  void otherShellsReadTheirScript(String shell) throws IOException {
    assumeThat(Programs.find(shell).isPresent()).as(shell + " is installed").isTrue();
    Path script = Files.writeString(folder.resolve("script"), out("completion", shell));
    Result result = run(shell, "-n", script.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void fishOffersWhatFits() throws IOException {
    assumeThat(Programs.find("fish").isPresent()).as("fish is installed").isTrue();
    Files.writeString(folder.resolve("bulkdl.fish"), out("completion", "fish"));
    String ask = "source bulkdl.fish; complete -C 'bulkdl --max-f'; complete -C 'bulkdl verif'";
    Result result = run("fish", "--no-config", "-c", ask);
    assertThat(result.out().lines().map(line -> line.split("\t", 2)[0]))
        .as(result.err())
        .containsExactlyInAnyOrder("--max-file-size", "--max-files", "verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void everyOptionIsThere(String shell) {
    String script = out("completion", shell);
    CommandModel.all(terminal())
        .forEach(
            command ->
                assertThat(command.options())
                    .allSatisfy(
                        option ->
                            assertThat(script)
                                .contains(
                                    shell.equals("fish")
                                        ? "-l " + option.longName().substring(2)
                                        : option.longName())));
  }

  @Test
  void anotherShellIsRefused() {
    InProcess.Ended ended = InProcess.run(Map.of(), List.of("completion", "tcsh"));
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("bash, zsh or fish");
  }

  // ---- the manual page

  @Test
  void theManualPageHoldsEveryOptionAndCommand() {
    String page = out("man").replace("\\-", "-");
    CommandModel.all(terminal())
        .forEach(
            command -> {
              assertThat(page).contains(command.name());
              command.options().forEach(option -> assertThat(page).contains(option.longName()));
            });
    assertThat(page)
        .contains(
            ".SH \"NAME\"",
            "Files in flight at most (256; with --adaptive off 32).",
            ".SS \"Retries and timeouts\"")
        .doesNotContain("${", "@|");
  }

  @Test
  void theManualPageIsRenderedWithoutWarnings() throws IOException {
    assumeThat(Programs.find("groff").isPresent()).as("groff is installed").isTrue();
    Path page = Files.writeString(folder.resolve("bulkdl.1"), out("man"));
    Result result = run("groff", "-man", "-Tutf8", "-ww", "-z", page.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    String text = run("groff", "-man", "-Tascii", "-P-c", page.toString()).out();
    assertThat(text)
        .contains(
            "Files in flight at most (256; with --adaptive off 32).",
            "bulkdl get [OPTIONS] URL...");
  }

  private static Terminal terminal() {
    return new Terminal(System.in, System.out, System.err, Map.of());
  }
}
