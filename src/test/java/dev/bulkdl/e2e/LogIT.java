package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The log of a run at the limit of its size. */
class LogIT extends EndToEnd {
  private static final int FILES = 40;

  /** With lines of more than 100 bytes, several times what {@code --log-max-size 2K} holds. */
  private void many() {
    serveSmall(FILES);
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < FILES; i++) {
      lines.add("file-%d,%s".formatted(i, server.uri("/" + i)));
    }
    manifest("files.csv", lines);
  }

  private static void assertNewestEvents(Path log, Path aside) throws IOException {
    assertThat(log).isNotEmptyFile();
    assertThat(Files.size(log)).isLessThanOrEqualTo(2 * KIB);
    assertThat(Files.size(aside)).isBetween(KIB + 1L, 2L * KIB);
    List<String> both = new ArrayList<>(Files.readAllLines(aside));
    both.addAll(Files.readAllLines(log));
    assertThat(both)
        .allSatisfy(line -> assertThat(JsonMapper.shared().readTree(line).has("time")).isTrue())
        .doesNotHaveDuplicates()
        .noneMatch(line -> line.contains("run-started"));
    assertThat(both.getLast()).contains("run-ended");
  }

  /**
   * Somebody with write access to the output folder has put a link where the full log is to be
   * kept.
   */
  @Test
  void isKeptAsideAtALimitAndFollowsNoPlantedLink() throws IOException {
    many();
    Path victim = Files.writeString(folder.resolve("victim"), "not yours");
    Path aside = out("files").own("run.log.1");
    Files.createDirectories(aside.getParent());
    Files.createSymbolicLink(aside, victim);
    Result result = run("files.csv", "--log-max-size", "2K", "--log-format", "json");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(victim).hasContent("not yours");
    assertThat(Files.isSymbolicLink(aside)).isFalse();
    assertNewestEvents(out("files").own("run.log"), aside);
  }

  @Test
  void isKeptAsideWhereTheUserWantsIt() throws IOException {
    many();
    Path log = folder.resolve("the.log");
    Result result =
        bulkdl("files.csv", "--log-file", "the.log", "--log-format", "json")
            .env("BULKDL_LOG_MAX_SIZE", "2k")
            .run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertNewestEvents(log, folder.resolve("the.log.1"));
  }

  @Test
  void growsForEverWhereTheUserSaysSo() {
    many();
    assertThat(run("files.csv", "--log-max-size", "0").exit()).isZero();
    assertThat(out("files").own("run.log.1")).doesNotExist();
    assertThat(out("files").ownLines("run.log")).hasSize(2 * FILES + 2);
  }

  @Test
  void theRunCompletesThoughTheLogCannotBeKeptAside() throws IOException {
    many();
    Files.createDirectories(out("files").own("run.log.1/in-the-way"));
    Result result = run("files.csv", "--log-max-size", "2K");
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("a report is incomplete").contains("run.log");
    assertThat(out("files").report().get("files").get("completed").asInt()).isEqualTo(FILES);
  }
}
