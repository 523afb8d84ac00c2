package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from manifests and servers moves no terminal, no spreadsheet and no memory. */
class HostileTextIT extends EndToEnd {
  private static final Payload CONTENT = new Payload(1, 3 * KIB);

  /** Without the line ends that are ours: controls, and what changes the order of letters. */
  private static final String COMMANDS = "[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^\\n]]";

  private static final String ESCAPE = "\u001b]0;pwned\u0007\u001b[2J";
  private static final String TURNED = "\u202egpj.exe";

  /** A raw C1 control, as Latin 1 headers may hold. */
  private static final String C1 = "\u009b2J";

  @ParameterizedTest
  @ValueSource(strings = {"-v --log-format=text", "-v --log-format=json --json"})
  void isShownEscaped(String options) throws IOException {
    String noted = "\"" + ESCAPE + "\"";
    server.serve("/a", CONTENT);
    server.always("/reason", new Fault.Status(404, Map.of("X-Why", C1), ESCAPE));
    server.always("/moved", new Fault.Redirect(302, "ftp://h/" + C1 + "?" + TURNED));
    server.always("/loop", new Fault.Redirect(302, "/loop?{n}%1b[2J" + C1));
    manifest(
        "files.csv",
        "filename,url," + noted,
        "fine," + server.uri("/a") + "," + noted,
        TURNED + "," + server.uri("/a") + "?" + TURNED + "," + TURNED,
        "reason," + server.uri("/reason") + "," + noted,
        "moved," + server.uri("/moved") + "," + noted,
        "loop," + server.uri("/loop") + "," + noted,
        "bad" + ESCAPE + "," + server.uri("/a") + "," + noted,
        "worse,ftp://" + C1 + "/" + TURNED + "," + noted);
    Object[] arguments = options.split(" ");

    Result result = bulkdl("files.csv", "--skip-bad-rows").and(arguments).run();

    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).doesNotContainPattern(COMMANDS);
    assertThat(result.err()).doesNotContainPattern(COMMANDS).contains("\\u001b");
    for (String name :
        List.of(
            "results.csv",
            "run.log",
            "report.json",
            "report.html",
            "latency.hlog",
            "inventory.tsv")) {
      String written = Files.readString(out("files").own(name));
      assertThat(name.endsWith(".tsv") ? written.replace('\t', ' ') : written) // its separator
          .as(name)
          .isNotEmpty()
          .doesNotContainPattern(COMMANDS);
    }
    assertThat(out("files").file(TURNED)).isNotEmptyFile();
  }

  @Test
  void ofTheCommandLineIsShownEscaped() {
    List<List<String>> wrong =
        List.of(
            List.of("no-" + ESCAPE + ".csv"),
            List.of("get", "ftp://h/" + ESCAPE),
            List.of("get", server.uri("/a").toString(), "-o", ESCAPE),
            List.of("files.csv", "--max-files", ESCAPE),
            List.of("files.csv", "--" + ESCAPE));
    for (List<String> arguments : wrong) {
      Result result = run(arguments.toArray());
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isNotBlank().doesNotContainPattern(COMMANDS);
    }
  }

  /** results.csv is for spreadsheets; failed.csv is a manifest, and runs as it is. */
  @Test
  void isNoFormulaInResults() {
    List<String> starts = List.of("=", "+", "-", "@");
    List<String> lines =
        starts.stream()
            .map(c -> c + "1," + server.uri("/late") + ",\"" + c + "cmd|' /C calc'!A0\"")
            .toList();
    List<String> tabs =
        List.of(
            "tab," + server.uri("/late") + ",\"\t=1\"", "cr," + server.uri("/late") + ",\"\r=1\"");
    manifest("files.csv", concat(List.of("filename,url,=note"), concat(lines, tabs)));
    assertThat(run("files.csv").exit()).isEqualTo(1);
    assertThat(out("files").results())
        .hasSize(6)
        .allSatisfy(
            row -> {
              assertThat(row.keySet()).noneMatch(HostileTextIT::isFormula);
              assertThat(row.values()).noneMatch(HostileTextIT::isFormula);
            });

    server.serve("/late", CONTENT);
    assertThat(run("files/.bulkdl/failed.csv").exit()).isZero();
    starts.forEach(c -> assertThat(out("files").file(c + "1")).isNotEmptyFile());
  }

  private static <T> List<T> concat(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static boolean isFormula(String cell) {
    return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
  }

  /** So many MiB of text from a file of some kilobytes, in a heap of 48 MiB. */
  @ParameterizedTest
  @CsvSource({
    "64, a, line 1",
    "64, '\"', line 1",
    "64, '                               \n', no rows",
    "64, '#', no rows",
    "64, ',', more than 10000 cells",
    // Half a million errors, which would take far more than the heap.
    "16, 'x,ftp://h/a/long/way/to/x/y/z\n', only http and https",
  })
  void ofABombIsNotHeldInMemory(int size, String piece, String message) throws IOException {
    byte[] block = piece.repeat((1 << 20) / piece.length()).getBytes(StandardCharsets.US_ASCII);
    Path bomb = folder.resolve("files.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (int i = 0; i < size; i++) {
        out.write(block);
      }
    }
    Result result = bulkdl("files.csv.gz").jvm("-Xmx48m").run();
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message).hasSizeLessThan(1_000_000);
    assertThat(out("files").exists()).isFalse();
  }
}
