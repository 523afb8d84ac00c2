package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options from a file, and what {@code bulkdl config} shows of them. */
class ConfigFileTest {

  private final FaultServer server = FaultServer.http().serve("/a", new Payload(1, 500));
  private final Map<String, String> environment = new HashMap<>();
  @TempDir Path folder;

  @AfterEach
  void closeServer() {
    server.close();
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, List.of(lines));
  }

  private InProcess.Ended run(String... arguments) {
    return InProcess.run(environment, List.of(arguments));
  }

  /** The line of an option in what {@code config} prints: name, value, origin. */
  private String shown(String option, String... more) {
    InProcess.Ended ended =
        run(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("config"), List.of(more).stream())
                .toArray(String[]::new));
    assertThat(ended.exit()).as(ended.err()).isZero();
    return ended
        .out()
        .lines()
        .filter(line -> line.startsWith(option + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" {2,}", "|");
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file =
        write(
            "c.conf",
            "# mine",
            "",
            "max-files = 3",
            "max-files=4",
            "--retries = 7",
            "sync = never");
    environment.put("BULKDL_RETRIES", "8");
    environment.put("BULKDL_CONFIG", file.toString());
    assertThat(shown("max-files")).isEqualTo("max-files|4|" + file + ":4");
    assertThat(shown("retries")).isEqualTo("retries|8|environment, BULKDL_RETRIES");
    assertThat(shown("retries", "--retries", "9")).isEqualTo("retries|9|command line");
    assertThat(shown("segments")).isEqualTo("segments|64|default");
    assertThat(shown("idle-timeout")).isEqualTo("idle-timeout|30s|default");
    assertThat(shown("sync")).isEqualTo("sync|never|" + file + ":6");
    assertThat(shown("config")).isEqualTo("config|" + file + "|environment, BULKDL_CONFIG");
    assertThat(shown("config", "--config", file.toString())).endsWith("|command line");
  }

  @Test
  void theUsualPlaceIsInTheHomeFolderOrWhereTheVariableSays() throws IOException {
    write("home/.config/bulkdl/config", "max-files = 5");
    write("xdg/bulkdl/config", "max-files = 6");
    assertThat(shown("max-files")).contains("default");
    environment.put("HOME", folder + "/home");
    assertThat(shown("max-files")).startsWith("max-files|5|");
    environment.put("XDG_CONFIG_HOME", folder + "/xdg");
    assertThat(shown("max-files")).startsWith("max-files|6|");
    Path other = write("other", "max-files = 7");
    assertThat(shown("max-files", "--config=" + other)).startsWith("max-files|7|");
    assertThat(shown("max-files", "--config=/dev/null")).contains("default");
  }

  @Test
  void aRunUsesIt() throws IOException {
    Path list = write("list.csv", "filename,url", "a.bin," + server.uri("/a"));
    Path file =
        write(
            "c.conf",
            "output-dir = " + folder + "/out # x",
            "quiet = true",
            "header = X-One: 1 # 2",
            "header = X-Two: 2",
            "[host \"127.0.0.1\"]",
            "connections = 1");
    InProcess.Ended ended = run(list.toString(), "--config", file.toString());
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(folder.resolve("out # x/a.bin")).exists();
    assertThat(server.requests().getFirst().header("X-One")).contains("1 # 2");
    assertThat(server.requests().getFirst().header("X-Two")).contains("2");
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isEmpty();
  }

  /** What follows the options in what {@code config} prints. */
  private String sections(Path file) {
    InProcess.Ended ended = run("config", "--config", file.toString());
    assertThat(ended.exit()).as(ended.err()).isZero();
    return ended.out().substring(ended.out().indexOf("\n\n") + 2).replaceAll(" {2,}", "|");
  }

  @Test
  void theRulesForHostsAreShownWithTheirSources() throws IOException {
    Path file =
        write(
            "c.conf",
            "max-files = 3",
            "[host \"a.example\"   \"*.a.example\"]",
            "connections = 7",
            "connections = 8",
            "requests = 24/m",
            "[host \"*.org\"]",
            "# as slow as they want it",
            "rate = 19:00,5M 08:00,512K",
            "forbidden-is-refusal = true",
            "connections = 4");
    assertThat(sections(file))
        .startsWith(
            """
            [host "a.example" "*.a.example"]
            connections|8|%1$s:4
            requests|24/60s|%1$s:5

            [host "*.org"]
            connections|4|%1$s:10
            rate|08:00,512K 19:00,5M|%1$s:8
            forbidden-is-refusal|true|%1$s:9

            [host "archive.org" "*.archive.org"]
            connections|5|built in, replaced by %1$s:10
            """
                .formatted(file))
        .contains(
            """
            [host "dataspace.copernicus.eu" "*.dataspace.copernicus.eu"]
            connections|4|built in: its quota for each user
            """);
    assertThat(shown("max-files", "--config", file.toString())).endsWith(":1");
  }

  @Test
  void withoutAFileTheBuiltInRulesAreShown() {
    assertThat(sections(Path.of("/dev/null")))
        .startsWith(
            """
            [host "archive.org" "*.archive.org"]
            connections|5|built in: 50 connections got an address refused
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conections = 4 | no key conections in a section for hosts; did you mean connections?",
        "max-files = 4 | no key max-files in a section for hosts; there are connections, requests,"
            + " rate, forbidden-is-refusal; options stand above the first section",
        "connections = 0 | connections = '0' is no number from 1 on; write for example connections",
        "connections = | connections = '' is no number",
        "rate = 5 MB 3 | rate = '5' is no entry of a timetable",
        "connections 4 | write option = value, for example connections = 5",
        "[host \"a.example\"] | \"a.example\" has its section in line 1; write all its keys there",
        "[host a.example] | the only sections are for hosts; write for example [host \"*.example",
        "[host \"a.example:80\"] | \"a.example:80\" has a port, and a rule holds for all ports",
      })
  void aWrongLineOfASectionIsNamed(String line, String message) throws IOException {
    Path file = write("c.conf", "[host \"a.example\"]", line);
    InProcess.Ended ended = run("gone.csv", "--config", file.toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).startsWith("bulkdl: " + file + ", line 2: ").contains(message);
    assertThat(ended.err()).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "maxfiles = 4, no option maxfiles; did you mean max-files?",
    "zebra = 4, no option zebra; bulkdl config lists all",
    "config = x, no option config",
    "help = true, no option help",
    "max-files 4, write option = value",
    "[defaults], the only sections are",
    "= 4, write option = value",
  })
  void aLineThatIsWrongIsNamed(String line, String message) throws IOException {
    Path file = write("c.conf", "# first", line);
    InProcess.Ended ended = run("gone.csv", "--config", file.toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).startsWith("bulkdl: " + file + ", line 2: ").contains(message);
    assertThat(ended.err()).hasLineCount(1);
  }

  @Test
  void aWrongValueIsNamedWithItsLine() throws IOException {
    Path file = write("c.conf", "", "max-files = many");
    assertThat(run("gone.csv", "--config", file.toString()).err())
        .startsWith("bulkdl: from " + file + ":2: ")
        .contains("--max-files", "'many' is no number");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThat(run("gone.csv", "--config", folder + "/none").err())
        .isEqualTo("bulkdl: --config: there is no file " + folder + "/none\n");
    assertThat(run("gone.csv", "--config", folder.toString()).err()).contains("is a folder");
    Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe4});
    assertThat(run("gone.csv", "--config", folder + "/latin").err()).contains("is not UTF-8 text");
  }

  @Test
  void noSecretIsShown() throws IOException {
    Path headers = write("h.txt", "X-Key: s3cret");
    Path file =
        write(
            "c.conf",
            "header = Authorization: Bearer s3cret",
            "header = @" + headers,
            "header-for = example.org X-Key: s3cret",
            "https-proxy = http://me:s3cret@proxy.example:3128",
            "probe-url = https://example.org/?token=s3cret");
    InProcess.Ended ended = run("config", "--config", file.toString());
    assertThat(ended.out())
        .contains("Authorization: ***, X-Key: ***", "example.org X-Key: ***", "proxy.example:3128")
        .doesNotContain("s3cret");
    write("c.conf", "header = Authorization Bearer s3cret");
    assertThat(run("config", "--config", file.toString()).err())
        .contains(file + ":1")
        .doesNotContain("s3cret");
  }

  @Test
  void helpNeedsNoFile() throws IOException {
    Path file = write("c.conf", "nonsense");
    assertThat(run("--help", "--config", file.toString()).exit()).isZero();
  }

  /** Daemons run with a home folder that is none, or is another user's. */
  @Test
  void aHomeThatCannotBeEnteredHasNoFile() throws Exception {
    Path none = Path.of("/dev/null/.config/bulkdl/config");
    assertThat(ConfigFile.read(none, false)).isSameAs(ConfigFile.NONE);
    assertThatThrownBy(() -> ConfigFile.read(none, true)).isInstanceOf(ConfigFile.Refused.class);
  }
}
