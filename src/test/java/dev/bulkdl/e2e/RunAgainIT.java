package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command behind "run again" is pasted into bash, and finishes what was left. */
@DisabledOnOs(OS.WINDOWS)
class RunAgainIT extends EndToEnd {
  private static final Payload GOOD = new Payload(1, 5_000);
  private static final Payload LATE = new Payload(2, 6_000);

  private static String lineOf(Result result, String label) {
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(label + "  "))
        .map(line -> line.substring(label.length() + 2).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.out() + result.err()));
  }

  private Result bash(String line, String... path) throws IOException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", line).directory(folder.toFile());
    for (String more : path) {
      bash.environment().merge("PATH", more, (now, first) -> first + ":" + now);
    }
    try (BulkdlProcess process = new BulkdlProcess(bash.start(), "")) {
      return process.awaitExit();
    }
  }

  private void rows() {
    server.serve("/good", GOOD);
    manifest(
        "files.csv",
        "filename,url",
        "good.bin," + server.uri("/good"),
        "late.bin," + server.uri("/late"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.csv",
        "run|files.csv",
        "files.csv|-d|it's a folder",
        "files.csv|-d|./~|-j|4|-j|2|--overwrite|--json=false",
        "-d|./-x|--on-file|sh -c 'echo \"$BULKDL_RESULT_STATUS\" >>told'|files.csv",
        "files.csv|-qv|-q=false|-s1|--retry-delay=5",
      })
  void finishesTheRunOfAManifest(String arguments) throws IOException {
    rows();
    JarRun run = bulkdl((Object[]) arguments.split("\\|"));
    Result first = run.run();
    assertThat(first.exit()).as(first.err()).isEqualTo(1);
    String command = lineOf(first, "run again");
    assertThat(command).containsPattern("-jar .*failed.csv'? -d ");

    server.serve("/late", LATE);
    Result second = bash(command);

    assertThat(second.exit()).as(command + second.err()).isZero();
    assertThat(second.out()).contains("1 of 1 are there");
    Path late = Path.of(lineOf(second, "results")).resolveSibling("../late.bin");
    assertThat(folder.resolve(late)).hasBinaryContent(LATE.bytes());
    if (arguments.contains("--on-file")) {
      assertThat(Files.readAllLines(folder.resolve("told")))
          .containsExactlyInAnyOrder("completed", "failed", "completed");
    }
  }

  @Test
  void finishesAStoppedRunWithTheManifestItself() throws IOException {
    rows();
    Result first = bulkdl("files.csv", "--max-file-size", "5K").run();
    assertThat(lineOf(first, "run again")).endsWith(" --max-file-size 5K");
  }

  @Test
  void secretsAreLeftOutAndNamed() throws IOException {
    rows();
    Files.writeString(folder.resolve("h.txt"), "X-File: f\n");
    Result first =
        bulkdl("files.csv", "--header", "Authorization: Bearer s3cret", "--header", "@h.txt")
            .and("--header-for", "127.0.0.1", "X-Key: s3cret", "--probe-url")
            .and(server.uri("/good") + "?token=s3cret", "-j", 3)
            .and("--header-for", "127.0.0.2 X-More: s3cret", "--no-proxy", "*")
            .run();
    assertThat(first.out() + first.err()).doesNotContain("s3cret");
    String command = lineOf(first, "run again");
    assertThat(command).contains(" -j 3", "--header @h.txt").doesNotContain("Authorization");
    assertThat(lineOf(first, "add again").split(", "))
        .containsExactlyInAnyOrder(
            "--header Authorization",
            "--header-for 127.0.0.1 X-Key",
            "--header-for 127.0.0.2 X-More",
            "--probe-url");

    server.serve("/late", LATE);
    assertThat(bash(command).exit()).isZero();
    assertThat(server.requests("/late").getLast().header("X-File")).contains("f");
  }

  @Test
  void repeatsTheCommandForUrls() throws IOException {
    String url = server.uri("/late") + "?a=1&b=2";
    Result first = bulkdl("get", url, "-o", "my file", "-d", "to here").run();
    String command = lineOf(first, "run again");
    assertThat(command).contains(" get 'http://", "-o 'my file'", "-d 'to here'");

    server.serve("/late", LATE);
    Result second = bash(command);

    assertThat(second.exit()).as(second.err()).isZero();
    Trees.assertHolds(folder.resolve("to here"), "my file", LATE);
  }

  /** The script says how it was called: by its path, or by a link on the PATH. */
  @ParameterizedTest
  @ValueSource(strings = {"bulkdl", "programs/bulkdl"})
  void namesTheLauncher(String called) throws IOException {
    rows();
    Path programs = Files.createDirectories(folder.resolve("programs"));
    Files.createSymbolicLink(
        programs.resolve("bulkdl"), Path.of("scripts/bulkdl").toAbsolutePath());
    String list = called + " files.csv -d out";
    Result first = bash(list, programs.toString());
    String command = lineOf(first, "run again");
    assertThat(command).isEqualTo(called + " out/.bulkdl/failed.csv -d out");

    server.serve("/late", LATE);
    Result second = bash(command, programs.toString());

    assertThat(second.exit()).as(second.err()).isZero();
    Trees.assertHolds(folder.resolve("out"), Map.of("good.bin", GOOD, "late.bin", LATE));
  }
}
