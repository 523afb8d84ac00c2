package dev.bulkdl.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.FolderChanges;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the demo as users do. */
class DemoIT {

  private static final Map<String, String> EXPECTED =
      DemoFile.ALL.stream().collect(Collectors.toMap(DemoFile::name, DemoFile::sha256));

  /** The index of the column segments in results.csv. */
  private static final int SEGMENTS = 7;

  @TempDir private Path folder;

  @Test
  void downloadsSevenFilesAndASecondRunSkipsThem() throws IOException {
    Path out = folder.resolve("bulkdl-demo");

    BulkdlProcess.Result first = JarRun.of("demo").in(folder).run();
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("7 of 7 are there: 7 completed", "sha256 7");
    assertThat(first.err().lines().findFirst().orElse(""))
        .contains("demo", "7 generated files", "http://127.0.0.1:", out.toRealPath().toString());
    assertHoldsAll(out);
    assertThat(report(out).at("/files/completed").asInt()).isEqualTo(7);
    assertThat(report(out).at("/bytes/downloaded").asLong())
        .isEqualTo(DemoFile.ALL.stream().mapToLong(DemoFile::size).sum());

    BulkdlProcess.Result second = JarRun.of("demo").in(folder).run();
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.out()).contains("7 of 7 are there: 0 completed, 7 skipped");
    assertHoldsAll(out);
    assertThat(report(out).at("/bytes/downloaded").asLong(-1)).isZero();
  }

  @Test
  void takesTheOptionsOfARun() throws IOException {
    Path out = folder.resolve("elsewhere");
    BulkdlProcess.Result result =
        JarRun.of("demo", "-d", out, "--segments", 1, "--quiet", "--json").in(folder).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    JsonNode printed = new JsonMapper().readTree(result.out());
    assertThat(printed).isEqualTo(report(out));
    assertThat(printed.at("/manifest").asString()).isEqualTo("demo");
    assertThat(row(out, "256-MiB.bin").get(SEGMENTS)).isEqualTo("1");
    assertHoldsAll(out);
    assertThat(folder.resolve("bulkdl-demo")).doesNotExist();
  }

  @Test
  void saysThatTheDemoIsToBeRunAgainWhereAFileFails() throws IOException {
    Path out = Files.createDirectories(folder.resolve("bulkdl-demo"));
    Files.writeString(out.resolve("4-KiB.bin"), "mine");
    BulkdlProcess.Result result = JarRun.of("demo").in(folder).run();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).contains("6 of 7 are there");
    assertThat(result.out())
        .containsPattern("run again  .*java -jar .*bulkdl.jar demo\n")
        .doesNotContain("failed.csv -d");
    assertThat(out.resolve("4-KiB.bin")).hasContent("mine");
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    Path out = Files.createDirectories(folder.resolve("bulkdl-demo"));
    BulkdlProcess.Result stopped;
    try (FolderChanges changes = new FolderChanges(out);
        BulkdlProcess process = JarRun.of("demo", "--segments", 1).in(folder).start()) {
      changes.awaitUntil(() -> Files.exists(out.resolve("16-MiB.bin")));
      process.signal("TERM");
      stopped = process.awaitExit();
    }
    long resumable = resumable(out);
    BulkdlProcess.Result second = JarRun.of("demo").in(folder).run();
    assertThat(second.exit()).as(second.err()).isZero();
    assertHoldsAll(out);
    assumeThat(url(second)).as("nobody else had the port").isEqualTo(url(stopped));
    assumeThat(stopped.exit()).as("it was stopped before its end").isEqualTo(143);
    assertThat(report(out).at("/bytes/discarded").asLong(-1)).isZero();
    assertThat(report(out).at("/bytes/resumed").asLong(-1)).isEqualTo(resumable);
  }

  /**
   * The bytes in partial files that have a journal. If a file is complete, its last byte is
   * requested again.
   */
  private static long resumable(Path out) {
    return DemoFile.ALL.stream()
        .filter(file -> Files.exists(out.resolve(file.name() + ".part.journal")))
        .mapToLong(
            file -> Math.min(out.resolve(file.name() + ".part").toFile().length(), file.size() - 1))
        .sum();
  }

  private static String url(BulkdlProcess.Result demo) {
    return demo.err().lines().findFirst().orElse("").replaceFirst(".*(http://\\S+).*", "$1");
  }

  private static void assertHoldsAll(Path out) {
    assertThat(Trees.hashes(out)).isEqualTo(EXPECTED);
    Trees.assertNoLeftovers(out);
  }

  private static List<String> row(Path out, String name) throws IOException {
    return Files.readAllLines(out.resolve(".bulkdl/results.csv")).stream()
        .map(line -> List.of(line.split(",", -1)))
        .filter(cells -> cells.get(0).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode report(Path out) {
    return new JsonMapper().readTree(out.resolve(".bulkdl/report.json").toFile());
  }
}
