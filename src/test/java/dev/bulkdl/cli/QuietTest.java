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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -q} shows what failed and nothing else. */
class QuietTest {

  private final FaultServer server = FaultServer.http().serve("/a", new Payload(1, 500));
  @TempDir Path folder;

  @AfterEach
  void closeServer() {
    server.close();
  }

  private InProcess.Ended quiet(List<String> rows, String... more) throws IOException {
    Path list = Files.write(folder.resolve("list.csv"), rows);
    List<String> arguments = new ArrayList<>(List.of(list.toString(), "-q", "-d", folder + "/out"));
    arguments.addAll(List.of(more));
    return InProcess.run(Map.of(), arguments);
  }

  /** The second row is identical and the header is missing: two notes that quiet leaves out. */
  @Test
  void successAndNotesAboutTheListAreSilent() throws IOException {
    String row = "a.bin," + server.uri("/a");
    InProcess.Ended ended = quiet(List.of(row, row));
    assertThat(ended).isEqualTo(new InProcess.Ended(0, "", ""));
  }

  @Test
  void eachFailedRowIsALine() throws IOException {
    InProcess.Ended ended =
        quiet(
            List.of(
                "filename,url,md5",
                "a.bin," + server.uri("/a") + "," + "0".repeat(32),
                "gone.bin," + server.uri("/gone") + ",",
                "../up," + server.uri("/a") + ","),
            "--skip-bad-rows");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().filter(line -> line.startsWith("bulkdl: failed: ")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("bulkdl: failed: a.bin: checksum: "))
        .anyMatch(line -> line.equals("bulkdl: failed: gone.bin: http: 404 Not Found"))
        .anyMatch(line -> line.startsWith("bulkdl: failed: line 4: name: "));
  }

  @Test
  void manyFailuresAreCountedAndTheListOfAllIsNamed() throws IOException {
    List<String> rows = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < 25; i++) {
      rows.add("f" + i + "," + server.uri("/gone" + i));
    }
    InProcess.Ended ended = quiet(rows);
    assertThat(ended.err().lines()).hasSize(21);
    assertThat(ended.err())
        .endsWith("and 5 more failed; all of them are in " + folder + "/out/.bulkdl/failed.csv\n");
    assertThat(folder.resolve("out/.bulkdl/failed.csv")).exists();
  }
}
