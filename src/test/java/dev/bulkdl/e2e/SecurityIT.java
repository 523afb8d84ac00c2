package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is read or written outside the output folder, whatever names and links say. */
class SecurityIT extends EndToEnd {
  private static final Payload CONTENT = new Payload(1, 3 * KIB);
  private static final String PRECIOUS = "not yours";

  @Test
  void namesLeadNowhereElse() {
    List<String> refused =
        List.of(
            "../evil",
            "a/../../evil",
            folder.resolve("evil").toString(),
            "C:/evil",
            "\\\\host\\evil",
            ".bulkdl/lock",
            ".BulkDL/results.csv",
            "./evil",
            "a//evil",
            "evil/");
    List<String> taken =
        List.of(
            "..\\evil", "C:evil", "evil...", "..∕evil", "．．／evil", "~", "$HOME", "a%2f..%2fevil");
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    Stream.concat(refused.stream(), taken.stream())
        .forEach(name -> lines.add(name + "," + server.uri("/a")));
    server.serve("/a", CONTENT);
    manifest("files.csv", lines);

    Result result = run("files.csv", "--skip-bad-rows");

    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(Trees.names(out("files").path())).containsExactlyInAnyOrderElementsOf(taken);
    assertThat(Trees.names(folder))
        .allMatch(name -> name.startsWith("files/") || name.equals("files.csv"));
    assertThat(out("files").results())
        .filteredOn(row -> row.get("status").equals("failed"))
        .hasSameSizeAs(refused)
        .allMatch(row -> row.get("error").startsWith("name: "));
  }

  /** Decoded, the last part of a path is a name like any other. */
  @Test
  void namesTakenFromUrlsLeadNowhereElse() {
    List<String> refused =
        List.of("..%2fevil", "%2e%2e", "%2Fetc%2Fevil", "a%00", "a%0a", "%2ebulkdl%2flock", "%2e");
    Map<String, String> taken =
        Map.of("..%5cevil", "..\\evil", "%ff", "%ff", "a%2fb", "a/b", "C%3a", "C:");
    try (RawServer raw = new RawServer(Wire.good(CONTENT))) {
      List<String> lines = new ArrayList<>(List.of("url"));
      Stream.concat(refused.stream(), taken.keySet().stream())
          .forEach(name -> lines.add(raw.uri("/dir/") + name));
      manifest("files.csv", lines);

      Result result = run("files.csv", "--skip-bad-rows");

      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      assertThat(Trees.names(out("files").path()))
          .containsExactlyInAnyOrderElementsOf(taken.values());
      assertThat(out("files").results())
          .filteredOn(row -> row.get("status").equals("failed"))
          .hasSameSizeAs(refused)
          .allMatch(row -> row.get("error").startsWith("name: "));
      assertThat(Trees.names(folder)).noneMatch(name -> name.equals("evil"));
    }
  }

  /** Somebody with write access to the output folder has put a link there before the run. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.bin",
        "a.bin.part",
        "a.bin.part.journal",
        "a.bin.part.journal~",
        "a.bin.part.orphan",
        ".bulkdl/lock",
        ".bulkdl/results.csv",
        ".bulkdl/failed.csv",
        ".bulkdl/failed.csv.tmp",
        ".bulkdl/report.json",
        ".bulkdl/report.json.tmp",
        ".bulkdl/run.log",
        ".bulkdl/latency.hlog",
        ".bulkdl/report.html",
        ".bulkdl/report.html.tmp",
      })
  void aLinkToAFileIsNotFollowed(String name) throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), PRECIOUS);
    Path link = out("files").file(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, victim);
    server.serve("/a", CONTENT);
    manifest("files.csv", "filename,url", "a.bin," + server.uri("/a"), "b," + server.uri("/gone"));

    Result result = run("files.csv", "--overwrite");

    assertThat(victim).as(result.err()).hasContent(PRECIOUS);
    assertThat(result.exit()).as(result.err()).isBetween(1, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {".bulkdl", "dir"})
  void aLinkToAFolderIsNotFollowed(String name) throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(out("files").path());
    Files.createSymbolicLink(out("files").file(name), outside);
    server.serve("/a", CONTENT);
    manifestOf("dir/a.bin", "/a");

    Result result = run("files.csv");

    assertThat(result.exit()).as(result.err()).isIn(1, 4);
    assertThat(result.err() + result.out()).contains("symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void theOutputFolderItselfMayBeALink() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.createSymbolicLink(out("files").path(), real);
    server.serve("/a", CONTENT);
    manifestOf("a.bin", "/a");
    assertThat(run("files.csv").exit()).isZero();
    Trees.assertHolds(real, "a.bin", CONTENT);
  }
}
