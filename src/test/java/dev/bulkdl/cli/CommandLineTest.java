package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type: repeated options, header files, misspelled names, paths and secrets. */
class CommandLineTest {

  private static final String SECRET = "s3cret";

  private final FaultServer server = FaultServer.http().serve("/a", new Payload(1, 500));
  @TempDir Path folder;
  private Path list;

  @BeforeEach
  void makeList() throws IOException {
    list = Files.writeString(folder.resolve("list.csv"), "a.bin," + server.uri("/a") + "\n");
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private InProcess.Ended run(String... arguments) {
    return InProcess.run(Map.of(), List.of(arguments));
  }

  /**
   * Replaces LIST and FOLDER, and splits at blanks; {@code _} stands for a blank in an argument.
   */
  private InProcess.Ended line(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      words.add(
          word.replace("LIST", list.toString())
              .replace("FOLDER", folder.toString())
              .replace('_', ' '));
    }
    return run(words.toArray(String[]::new));
  }

  // ---- repeated options

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LIST -d FOLDER/x -d FOLDER/out -j 4 -j 2 -q -q=false",
        "plan LIST -d FOLDER/x -d FOLDER/out --sync always --sync never --retry-delay 5 --retry-delay 1ms",
        "verify LIST -d FOLDER/x -d FOLDER/out -v -v=false",
        "bench LIST -d FOLDER/x -d FOLDER/out --repeat 3 --repeat 1 --duration 1s --warmup 0s --duration 10ms --connections 1",
        "get URL -o x -o a.bin -d FOLDER/x -d FOLDER/out"
      })
  void theLastOfARepeatedOptionWins(String line) {
    InProcess.Ended ended = line(line.replace("URL", server.uri("/a").toString()));
    assertThat(ended.err()).doesNotContain("only once").doesNotContain("WARN");
    assertThat(ended.exit()).as(ended.err()).isEqualTo(line.startsWith("verify") ? 1 : 0);
    assertThat(folder.resolve("x")).doesNotExist();
    if (line.startsWith("LIST") || line.startsWith("get")) {
      assertThat(folder.resolve("out/a.bin")).exists();
    }
  }

  @Test
  void aWrongValueIsNotSavedByALaterOne() {
    assertThat(line("LIST -j x -j 2").err()).contains("'x' is no number");
  }

  // ---- headers from a file

  @Test
  void headersComeFromAFile() throws IOException {
    Path file = folder.resolve("h.txt");
    Files.writeString(file, "\uFEFFX-One: 1\r\n\n# X-No: no\nX-Two:  a b\n");
    InProcess.Ended ended =
        run(
            list.toString(),
            "-d",
            folder + "/out",
            "--header",
            "X-Zero: 0",
            "--header",
            "@" + file);
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(server.requests().getFirst().header("X-Zero")).contains("0");
    assertThat(server.requests().getFirst().header("X-One")).contains("1");
    assertThat(server.requests().getFirst().header("X-Two")).contains("a b");
    assertThat(server.requests().getFirst().header("X-No")).isEmpty();
  }

  @Test
  void headersForHostsComeFromAFile() throws IOException {
    Path file = folder.resolve("h.txt");
    String host = server.uri("/").getHost();
    Files.writeString(file, "# mine\n" + host + " X-Key: k 1\nexample.org X-Other: o\n");
    InProcess.Ended ended = run(list.toString(), "-d", folder + "/out", "--header-for=@" + file);
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(server.requests().getFirst().header("X-Key")).contains("k 1");
    assertThat(server.requests().getFirst().header("X-Other")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--header", "--header-for"})
  void aWrongLineOfAHeaderFileIsNamedAndNotShown(String option) throws IOException {
    Path file = Files.writeString(folder.resolve("h.txt"), "\n\nAuthorization Bearer " + SECRET);
    InProcess.Ended ended = run(list.toString(), option, "@" + file);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains(option, file + ", line 3: ").doesNotContain(SECRET, "Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "@FOLDER, is a folder",
    "@FOLDER/empty.txt, holds no header",
    "@FOLDER/latin.txt, is not UTF-8 text",
    "@s3cret, no such file",
    "@, is no path",
  })
  void aHeaderFileThatCannotBeReadIsExplained(String value, String reason) throws IOException {
    Files.writeString(folder.resolve("empty.txt"), "# none\n");
    Files.write(folder.resolve("latin.txt"), new byte[] {'X', ':', (byte) 0xe4});
    InProcess.Ended ended = line("LIST --header " + value);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("--header", reason).doesNotContain(SECRET).hasLineCount(1);
  }

  /** An argument that begins with @ is no list of further arguments. */
  @Test
  void noOtherArgumentIsReadFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("words"), LISTED);
    InProcess.Ended ended = run("@" + file);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("@" + file, "no such file").doesNotContain(SECRET);
  }

  private static final String LISTED = "--header X:" + SECRET + " more " + SECRET;

  // ---- secrets

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--header X-Key:k s3cret",
        "--header X-Key:k s3cret LIST",
        "LIST --header X-Key:k s3cret",
        "--header Authorization: s3cret s3cret LIST",
        "--header Authorization: Bearer s3cret LIST",
        "LIST --header Authorization:_Bearer s3cret",
        "--header=Authorization:x Bearer s3cret LIST",
        "--header Authorization:x Bearer -s3cret LIST",
        "--header Authorization:x Bearer --s3cret=s3cret LIST",
        "--header s3cret LIST",
        "--header @s3cret LIST",
        "--header-for a.org X-Key:k s3cret LIST",
        "--header-for a.org s3cret LIST",
        "--header-for s3cret LIST",
        "--header-for X-Key: s3cret LIST",
        "--header-for @s3cret LIST",
        "LIST --header X:k -j s3cret",
        "LIST --header X:k --sync=s3cret",
        "LIST --header X:k --segment-min s3cret",
        "LIST --header X:k --retry-delay s3cret",
        "LIST --header X:k --min-speed s3cret",
        "LIST --header X:k --cacert s3cret",
        "LIST --header X:k --probe-url s3cret",
        "LIST --header X:k --http-proxy ftp://s3cret",
        "LIST --header X:k --log-format s3cret",
        "LIST --header X:k --metrics-port s3cret",
        "LIST --header X:k --on-file no-such/s3cret",
        "LIST --header X:k --json=s3cret",
        "LIST --header X:k -qs3cret",
        "LIST --headr=X:s3cret",
        "LIST --headr X:s3cret",
        "LIST -H X:s3cret",
        "LIST -HX:s3cret",
        "LIST -u me:s3cret",
        "LIST -ume:s3cret",
        "LIST --user=me:s3cret",
        "LIST --user me:s3cret",
        "LIST --password s3cret",
        "--https-proxy http://me:s3cret@h s3cret LIST",
        "LIST --http-proxy socks://me:s3cret@h",
        "LIST --https-proxy http://me:pw@h -j s3cret",
        "get --header X:k s3cret",
        "get --header X:k s3cret s3cret",
        "get --header X:k s3cret.s3cret/s3cret",
        "get --header X:k localhost:1/s3cret",
        "get --header X:k",
        "get --header X:k -o",
        "plan --header X:k s3cret",
        "plan --header X:k s3cret LIST",
        "bench --header X:k s3cret",
        "bench --header X:k s3cret LIST",
        "demo --header X:k s3cret",
        "verify LIST --header s3cret",
        "run --header X:k s3cret",
        "--header X:k help s3cret",
      })
  void nothingBehindASecretOptionIsRepeated(String line) {
    InProcess.Ended ended = line(line);
    assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).isNotBlank();
    assertThat(ended.out() + ended.err()).doesNotContain(SECRET).doesNotContain("Bearer");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--header X-Key:k gone.csv, argument 3: there is no such file",
    "LIST --header X-Key:k more, argument 4 (not repeated here",
    "LIST --header X-Key:k -j many, argument 5 is no number from 1",
    "LIST --header X-Key:k --max-flies 3, argument 4 (not repeated here",
    "LIST --header X-Key:k --max-flies 3, did you mean --max-files?",
  })
  void theArgumentsNumberIsSaidInstead(String line, String message) {
    assertThat(line(line).err()).contains(message);
  }

  @Test
  void whatStandsBeforeASecretIsRepeated() {
    assertThat(line("gone.csv --header X-Key:k").err()).contains("gone.csv: there is no such file");
    assertThat(line("LIST -j many --header X-Key:k").err()).contains("'many' is no number");
  }

  // ---- did you mean

  @ParameterizedTest
  @CsvSource({
    "--maxfiles 4 LIST, no option --maxfiles; did you mean --max-files?",
    "LIST --max-filse=4, no option --max-filse; did you mean --max-files?",
    "LIST -maxfiles 4, no option -maxfiles; did you mean --max-files?",
    "LIST --overwirte, did you mean --overwrite?",
    "LIST --continue, did you mean --continue-existing?",
    "LIST --user-agent x, did you mean --header 'User-Agent: NAME'?",
    "LIST -k, no option -k; did you mean --insecure?",
    "LIST -o files, no option -o; did you mean --output-dir?",
    "-x16 LIST, no option -x; did you mean --max-per-host?",
    "-i LIST, 'no option -i; did you mean bulkdl LIST, without an option?'",
    "verify LIST --verbos, verify has no option --verbos; did you mean --verbose?",
    "verify LIST -j 4, verify has no option -j",
    "LIST --zebra 4, no option --zebra",
    "downlod LIST, no command and no file downlod; did you mean bulkdl run?",
    "verfy LIST, did you mean bulkdl verify?",
    "zebra LIST, no command and no file zebra",
    "help verfy, no command verfy; did you mean verify?",
    "verfy, did you mean bulkdl verify?",
    "LIST another.csv, 'another.csv' is one argument too many: bulkdl takes one MANIFEST",
    "verify LIST another.csv, 'another.csv' is one argument too many: verify takes one MANIFEST",
    "demo more, 'more' is one argument too many: demo takes no argument",
  })
  void aMisspelledNameIsNamedWithTheOneThatWasMeant(String line, String message) {
    InProcess.Ended ended = line(line);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains(message);
    assertThat(ended.err().lines().findFirst().orElseThrow()).doesNotContain("list.csv");
  }

  @Test
  void aNameUnlikeAllOthersGetsNoSuggestion() {
    assertThat(line("LIST --zebra 4").err()).doesNotContain("did you mean").contains("--help");
    assertThat(line("zebra").err()).contains("zebra: there is no such file");
  }

  // ---- values

  @ParameterizedTest
  @ValueSource(strings = {"-d", "--temp-dir", "--log-file"})
  void anEmptyPathIsRefused(String option) {
    InProcess.Ended ended = run(list.toString(), option, "");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("'' is no path", ". for the current folder").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void anEmptyManifestNameIsNone() {
    assertThat(run("").err()).contains("give a manifest");
    assertThat(run("plan", "").err()).contains("give a manifest");
  }

  @ParameterizedTest
  @CsvSource({"~/x, HOME/x", "~, HOME", "./~, ./~", "~x, ~x", "a/~/x, a/~/x"})
  void aLeadingTildeIsTheHomeFolder(String text, String path) {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    assertThat(new UserPath().convert(text)).hasToString(path.replace("HOME", home));
  }
}
