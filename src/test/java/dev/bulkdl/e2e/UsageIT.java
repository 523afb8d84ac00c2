package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines and manifests that are wrong, and those that only ask for help. */
class UsageIT extends EndToEnd {
  private static final Payload GOOD = new Payload(1, 5_000);

  private void good() {
    server.serve("/a", GOOD);
    manifestOf("a.bin", "/a");
  }

  /** Refused: nothing asked of the server, nothing printed as a result, no folder made. */
  private Result assertRefused(JarRun run) {
    Result result = run.run();
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(server.requests()).isEmpty();
    assertThat(Trees.names(folder)).allMatch(name -> name.startsWith("files."));
    assertThat(out("files").exists()).isFalse();
    return result;
  }

  // ---- values of options

  /** Option, wrong value, example of a right one. */
  static Stream<Arguments> wrongValues() {
    return Stream.of(
        arguments("--max-files", "0", "8"),
        arguments("--max-files", "many", "8"),
        arguments("--max-connections", "-1", "8"),
        arguments("--max-connections", "1.5", "8"),
        arguments("--max-per-host", "99999999999", "8"),
        arguments("--segments", "0", "8"),
        arguments("--segments", "x", "8"),
        arguments("--segment-min", "16X", "16M"),
        arguments("--max-file-size", "0", "16M"),
        arguments("--max-file-size", "huge", "16M"),
        arguments("--retries", "-1", "8"),
        arguments("--retry-delay", "5d", "5s"),
        arguments("--retry-max-delay", "soon", "5s"),
        arguments("--connect-timeout", "0s", "5s"),
        arguments("--response-timeout", "-5s", "5s"),
        arguments("--idle-timeout", "1d", "5s"),
        arguments("--min-speed", "fast", "16M"),
        arguments("--min-speed-window", "10 parsecs", "5s"),
        arguments("--sync", "sometimes", "always"),
        arguments("--log-format", "xml", "json"),
        arguments("--log-max-size", "-1", "16M"),
        arguments("--metrics-port", "70000", "9090"),
        arguments("--metrics-port", "http", "9090"),
        arguments("--on-file", "no-such-program --x", "./publish.sh"),
        arguments("--on-complete", "sh -c 'open", "./publish.sh"),
        arguments("--json", "perhaps", "true"),
        arguments("--overwrite", "no", "true"));
  }

  @ParameterizedTest(name = "{0}={1}")
  @MethodSource("wrongValues")
  void aWrongValueIsToldInOneLineWithItsOptionAndAnExample(
      String option, String value, String example) {
    good();
    String message = assertRefused(bulkdl("files.csv", option + "=" + value)).err();
    assertThat(message.lines()).hasSize(1);
    assertThat(message).contains(option).contains(value).contains(example);
  }

  @Test
  void aWrongHeaderIsToldWithoutItsValue() {
    good();
    String message = assertRefused(bulkdl("files.csv", "--header", "Authorization s3cret")).err();
    assertThat(message).contains("--header").contains("'X-Token: abc'").doesNotContain("s3cret");
    assertThat(message.lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.pem", "files.csv"})
  void aFileWithoutCertificatesIsAWrongValue(String name) {
    good();
    String message = assertRefused(bulkdl("files.csv", "--cacert", name)).err();
    assertThat(message).contains("--cacert").contains(name);
    assertThat(message.lines()).hasSize(1);
  }

  @Test
  void aWrongValueInTheEnvironmentIsToldWithItsVariable() {
    good();
    String message = assertRefused(bulkdl("files.csv").env("BULKDL_MAX_FILES", "many")).err();
    assertThat(message).contains("BULKDL_MAX_FILES").contains("--max-files").contains("many");
    assertThat(message.lines()).hasSize(1);
  }

  @Test
  void optionsComeFromTheEnvironmentAndTheCommandLineWins() {
    good();
    Result result =
        bulkdl("files.csv", "-d", "line")
            .env("BULKDL_OUTPUT_DIR", "environment")
            .env("BULKDL_HEADER", "X-One: 1\nX-Two: 2")
            .env("BULKDL_JSON", "true")
            .env("BULKDL_OVERWRITE", "true")
            .env("BULKDL_SEGMENT_MIN", "2M")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(folder.resolve("line"), "a.bin", GOOD);
    assertThat(out("environment").exists()).isFalse();
    assertThat(result.out()).startsWith("{");
    assertThat(server.requests().getFirst().header("X-One")).contains("1");
    assertThat(server.requests().getFirst().header("X-Two")).contains("2");
    assertThat(bulkdl("files.csv").env("BULKDL_OUTPUT_DIR", "environment").run().exit()).isZero();
    Trees.assertHolds(folder.resolve("environment"), "a.bin", GOOD);
  }

  @Test
  void aFlagOfTheEnvironmentCanBeTakenBack() {
    good();
    Result result = bulkdl("--json=false", "files.csv").env("BULKDL_JSON", "true").run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("1 of 1 are there");
    assertThat(run("--json", "files.csv").out()).startsWith("{");
  }

  // ---- the command line

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.csv --no-such-option",
        "files.csv another.csv",
        "files.csv -d",
        "get",
        "get -o",
        "plan",
        "verify",
        ""
      })
  void aWrongCommandLineIsToldWithTheWayToHelp(String arguments) {
    good();
    JarRun run = arguments.isEmpty() ? bulkdl() : bulkdl((Object[]) arguments.split(" "));
    assertThat(assertRefused(run).err().lines().count()).isLessThanOrEqualTo(2);
  }

  @Test
  void anUnknownOptionIsNamed() {
    good();
    assertThat(assertRefused(bulkdl("files.csv", "--max-filse", 3)).err())
        .contains("--max-filse")
        .contains("--help");
  }

  // ---- the manifest as a whole

  @ParameterizedTest
  @CsvSource({
    "files.missing, no such file",
    "files.folder, folder",
    "files.empty, no rows",
    "files.header, no rows",
    "files.utf16, UTF-16",
    "files.names, url",
    "files.quote, line 2",
    "http://127.0.0.1/x.csv, get URL"
  })
  void aManifestThatIsNoneIsToldWithTheReason(String name, String reason) throws IOException {
    Files.createDirectory(folder.resolve("files.folder"));
    manifest("files.empty");
    manifest("files.header", "filename,url");
    manifest("files.names", "filename,size", "a,1");
    manifest("files.quote", "filename,url", "\"a,http://127.0.0.1/a", "b,http://127.0.0.1/b");
    Files.write(
        folder.resolve("files.utf16"),
        "filename,url\na,http://h/\n".getBytes(StandardCharsets.UTF_16));
    assertThat(assertRefused(bulkdl(name)).err()).contains(name).contains(reason);
  }

  @Test
  void emptyStandardInputIsAnEmptyManifest() {
    assertThat(assertRefused(bulkdl("-")).err()).contains("no rows");
  }

  // ---- its rows

  private void badRows() {
    server.serve("/a", GOOD);
    manifest(
        "files.csv",
        "filename,url,size,sha256",
        "good," + server.uri("/a") + ",,",
        "../up,ftp://127.0.0.1/a,-1,abc",
        "nothing,,,",
        "/absolute," + server.uri("/a") + ",,",
        "good," + server.uri("/b") + ",,",
        ".bulkdl/mine," + server.uri("/a") + ",,",
        "a/../b," + server.uri("/a") + ",,",
        "port,http://127.0.0.1:99999/,,",
        "also good," + server.uri("/a") + ",5000,");
  }

  @Test
  void everyErrorOfAManifestIsToldAtOnceWithLineAndColumn() {
    badRows();
    String message = assertRefused(bulkdl("files.csv")).err();
    assertThat(message)
        .contains("files.csv: line 3, column 1 (filename): ")
        .contains("files.csv: line 3, column 2 (url): ")
        .contains("files.csv: line 3, column 3 (size): ")
        .contains("files.csv: line 3, column 4 (sha256): ")
        .contains("files.csv: line 4, column 2 (url): ")
        .contains("files.csv: line 5, column 1 (filename): ")
        .contains("files.csv: line 7, column 1 (filename): ")
        .contains("files.csv: line 8, column 1 (filename): ")
        .contains("files.csv: line 9, column 2 (url): ")
        .contains("--skip-bad-rows")
        .doesNotContain("line 2,")
        .doesNotContain("line 10");
    assertThat(message.lines().filter(line -> line.contains("line 6")))
        .hasSize(1)
        .allMatch(line -> line.contains("line 2"));
  }

  @Test
  void skipBadRowsDownloadsTheGoodOnesAndReportsTheOthersAsFailed() {
    badRows();
    Result result = run("files.csv", "--skip-bad-rows");
    assertThat(result.exit()).isEqualTo(1);
    Trees.assertHolds(out("files").path(), Map.of("good", GOOD, "also good", GOOD));
    assertThat(out("files").results()).hasSize(9);
    assertThat(out("files").results())
        .filteredOn(row -> row.get("status").equals("failed"))
        .hasSize(7)
        .allMatch(row -> row.get("error").matches("(name|http): .*"));
    assertThat(out("files").ownLines("failed.csv")).hasSize(8);
    assertThat(out("files").report().get("files").get("failed").asInt()).isEqualTo(7);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void twoRowsForOneTargetAreRefusedByBothTheirLines() {
    manifest(
        "files.csv",
        "filename,url",
        "a," + server.uri("/a"),
        "b," + server.uri("/b"),
        "a," + server.uri("/c"),
        "b/c," + server.uri("/d"));
    assertThat(assertRefused(bulkdl("files.csv")).err())
        .containsPattern("line 4: .*line 2")
        .containsPattern("line 5: .*line 3");
  }

  // ---- help

  @ParameterizedTest
  @ValueSource(strings = {"", "run", "get", "plan", "verify", "demo"})
  void everyCommandHasHelp(String command) {
    List<String> words = command.isEmpty() ? List.of("--help") : List.of(command, "--help");
    Result help = run(words.toArray());
    assertThat(help.exit()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: bulkdl").contains("-h, --help").contains("--version");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run", "get", "plan", "verify", "demo", "version"})
  void everyCommandTellsItsVersion(String command) {
    List<String> words = command.isEmpty() ? List.of("--version") : List.of(command, "--version");
    Result version = run(words.toArray());
    assertThat(version.exit()).isZero();
    assertThat(version.err()).isEmpty();
    assertThat(version.out()).matches("bulkdl \\d+\\.\\d+\\.\\S+\\R");
  }

  @Test
  void theMainHelpNamesEveryOptionOfTheContract() {
    assertThat(run("--help").out())
        .contains(
            "-d, --output-dir",
            "--temp-dir",
            "-j, --max-files",
            "-c, --max-connections",
            "--max-per-host",
            "-s, --segments",
            "--segment-min",
            "--max-file-size",
            "--retries",
            "--retry-delay",
            "--retry-max-delay",
            "--connect-timeout",
            "--response-timeout",
            "--idle-timeout",
            "--min-speed",
            "--min-speed-window",
            "--probe-url",
            "--overwrite",
            "--continue-existing",
            "--verify-existing",
            "--trust-size",
            "--sync",
            "--direct",
            "--skip-bad-rows",
            "--header",
            "--cacert",
            "--insecure",
            "-q, --quiet",
            "--no-board",
            "-v",
            "--log-file",
            "--log-format",
            "--log-max-size",
            "--metrics-port",
            "--on-file",
            "--on-complete",
            "--json")
        .doesNotContain("<");
  }

  @Test
  void thereAreCommandsForHelpAndVersion() {
    assertThat(run("help", "get").out()).contains("bulkdl get");
    assertThat(run("help").out()).contains("--max-files").contains("get").contains("verify");
    assertThat(run("version").out()).contains("bulkdl ").contains("Java ");
  }

  // ---- standard output

  private static final String LOST = "standard output cannot be written";

  /** What prints something there, each with files.csv and its file in place. */
  static Stream<String> printing() {
    return Stream.of(
        "files.csv --json",
        "files.csv --json -q",
        "get {url} -d other --json",
        "plan files.csv",
        "verify files.csv -v",
        "bench files.csv --connections 1 --duration 1s --warmup 1s -d bench",
        "bench files.csv --connections 1 --duration 1s --warmup 1s -d bench --json",
        "version",
        "--version",
        "--help",
        "help plan");
  }

  private JarRun printing(String arguments) {
    good();
    assertThat(run("files.csv").exit()).isZero();
    String url = server.uri("/a").toString();
    return bulkdl((Object[]) arguments.replace("{url}", url).split(" "));
  }

  @ParameterizedTest
  @MethodSource("printing")
  void aResultThatAFullDiskDoesNotTakeIsNoSuccess(String arguments) throws IOException {
    assumeThat(Path.of("/dev/full")).isWritable();
    Result result = printing(arguments).under("sh", "-c", "exec \"$@\" > /dev/full", "sh").run();
    assertThat(result.exit()).as(result.err()).isEqualTo(4);
    assertThat(result.err()).contains(LOST).doesNotContain("\tat ");
    if (arguments.startsWith("files.csv")) {
      assertThat(out("files").report().get("exitCode").asInt()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @MethodSource("printing")
  void aResultThatNobodyReadsIsNoSuccess(String arguments) throws IOException {
    JarRun run = printing(arguments);
    Result result = run.under("sh", "-c", "{ \"$@\"; echo $? > code; } | :", "sh").run();
    assertThat(folder.resolve("code")).as(result.err()).hasContent("4");
    assertThat(result.err()).contains(LOST).doesNotContain("\tat ");
  }

  /** What it says stands in the report too. */
  @ParameterizedTest
  @ValueSource(strings = {"files.csv", "get {url} -d other"})
  void aSummaryThatIsLostChangesNothing(String arguments) {
    assumeThat(Path.of("/dev/full")).isWritable();
    JarRun run = printing(arguments).under("sh", "-c", "exec \"$@\" > /dev/full", "sh");
    assertThat(run.run().exit()).isZero();
  }

  @Test
  void aQuietRunHasNothingToLose() {
    JarRun run = printing("files.csv -q").under("sh", "-c", "exec \"$@\" > /dev/full", "sh");
    assertThat(run.run().exit()).isZero();
  }

  @Test
  void aWrongCommandLineIsToldAsSuchWhereverStandardOutputGoes() {
    JarRun run = printing("files.csv --no-such").under("sh", "-c", "exec \"$@\" >&-", "sh");
    assertThat(run.run().exit()).isEqualTo(2);
  }
}
