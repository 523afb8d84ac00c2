package dev.bulkdl.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.cli.InProcess;
import dev.bulkdl.model.Download;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Case 40: links that somebody planted are not followed out of the output folder. */
class PlantedLinkTest {

  private static final Payload LARGE = new Payload(1, 1_500_000);
  private static final Payload PRECIOUS = new Payload(2, 1_000);
  private static final FaultServer SERVER = FaultServer.http().serve("/a", LARGE);

  @TempDir private Path temp;

  @AfterAll
  static void close() {
    SERVER.close();
  }

  /** The place of the link, its target, and whether the file can be downloaded despite it. */
  @ParameterizedTest
  @CsvSource({
    "sub, outside, 1",
    "sub/a, outside/file, 1",
    "sub/a, outside/none, 1",
    "sub/a.part, outside/file, 0",
    "sub/a.part, outside/none, 0",
    "sub/a.part.journal, outside/file, 0",
    "sub/a.part.journal~, outside/file, 0",
    ".bulkdl, outside, 4",
    ".bulkdl/lock, outside/file, 4",
    ".bulkdl/parts, outside/file, 4",
    ".bulkdl/results.csv, outside/file, 0",
    ".bulkdl/failed.csv, outside/file, 0",
    ".bulkdl/failed.csv.tmp, outside/file, 0",
    ".bulkdl/report.json, outside/file, 0",
    ".bulkdl/report.json.tmp, outside/file, 0",
  })
  void isNotFollowed(Path link, Path target, int exit) throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    PRECIOUS.writeTo(outside.resolve("file"));
    Path out = temp.resolve("out");
    Files.createDirectories(out.resolve(link).getParent());
    Files.createSymbolicLink(out.resolve(link), temp.resolve(target));
    InProcess.Ended ended =
        InProcess.run(Settings.in(out), List.of(Download.of("sub/a", SERVER.uri("/a"))));
    Trees.assertHolds(outside, Map.of("file", PRECIOUS));
    assertThat(ended.exit()).as(ended.err()).isEqualTo(exit);
    assertThat(Files.isRegularFile(out.resolve("sub/a"), LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(exit == 0);
    assertThat(exit != 0 || LARGE.matches(out.resolve("sub/a"))).isTrue();
  }

  @Test
  void twoNamesOfOnePlaceDoNotMix() throws IOException {
    Path out = temp.resolve("out");
    Files.createDirectories(out.resolve("real"));
    Files.createSymbolicLink(out.resolve("link"), Path.of("real"));
    InProcess.Ended ended =
        InProcess.run(
            Settings.in(out),
            List.of(
                Download.of("real/a", SERVER.uri("/a")), Download.of("link/a", SERVER.uri("/a"))));
    assertThat(ended.exit()).isIn(0, 4);
    assertThat(LARGE.matches(out.resolve("real/a"))).isTrue();
    Trees.assertNoLeftovers(out);
  }
}
