package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.SmallDisk;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.UnreachablePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that fail: the exit code, what is reported, and what is left to do. */
class FailureIT extends EndToEnd {
  private static final Payload GOOD = new Payload(1, 5_000);

  private JarRun impatient() {
    return bulkdl("files.csv", "--retries", 1, "--retry-delay", "1ms", "--retry-max-delay", "1ms");
  }

  private String error(String filename) {
    return out("files").result(filename).get("error");
  }

  private String row(String filename, String path) {
    return filename + "," + server.uri(path);
  }

  @Test
  void aRowThatIsNotThereFailsForGoodAndTheOthersGoOn() {
    server.serve("/good", GOOD);
    manifest(
        "files.csv", "Note,filename,url", "x," + row("gone", "/gone"), "y," + row("good", "/good"));
    Result result = run("files.csv");
    assertThat(result.exit()).isEqualTo(1);
    Trees.assertHolds(out("files").path(), "good", GOOD);
    assertThat(error("gone")).startsWith("http: ").contains("404");
    assertThat(out("files").result("gone"))
        .containsEntry("status", "failed")
        .containsEntry("proof", "none")
        .containsEntry("attempts", "1");
    assertThat(out("files").ownLines("failed.csv"))
        .containsExactly("Note,filename,url", "x," + row("gone", "/gone"));
    assertThat(result.out())
        .contains("1 of 2 are there: 1 completed, 0 skipped; 1 failed, 0 cancelled")
        .contains("1 x 404 Not Found: gone; correct the URL", "           gone")
        .contains("failed.csv");
    assertThat(result.err()).contains("failed: gone: http: ");
    assertThat(out("files").report().get("failures").get("http").asInt()).isEqualTo(1);
    assertThat(server.requests("/gone")).hasSize(1);
  }

  @Test
  void failuresThatMayPassCanBeRunAgain() {
    server.serve("/good", GOOD).serve("/busy", GOOD).always("/busy", new Fault.Status(503));
    manifest("files.csv", "filename,url", row("busy", "/busy"), row("good", "/good"));
    assertThat(impatient().run().exit()).isEqualTo(3);
    assertThat(error("busy")).startsWith("http: ").contains("503");
    assertThat(server.requests("/busy")).hasSize(2);
    server.mend("/busy");
    assertThat(impatient().run().exit()).isZero();
    Trees.assertHolds(out("files").path(), Map.of("busy", GOOD, "good", GOOD));
  }

  @Test
  void aFailureThatPassesIsNone() {
    server.serve("/good", GOOD);
    server.with("/good", new Fault.Status(500), new Fault.CutAfter(100), new Fault.Status(429));
    manifest("files.csv", "filename,url", row("good", "/good"));
    assertThat(run("files.csv", "--retry-delay", "1ms").exit()).isZero();
    Trees.assertHolds(out("files").path(), "good", GOOD);
    assertThat(out("files").report().get("retries").asInt()).isEqualTo(3);
    assertThat(out("files").result("good")).containsEntry("attempts", "4");
  }

  @Test
  void failedCsvRunsAsItIsAndCompletesTheSameFolder() {
    List<String> lines = new ArrayList<>(List.of("Note;link;checksum;out"));
    for (int i = 0; i < 4; i++) {
      server.serve("/" + i, GOOD);
      lines.add("\"n;%d\";%s;%s;sub/%d.bin".formatted(i, server.uri("/" + i), GOOD.sha256(), i));
    }
    server.with("/1", new Fault.Status(404)).with("/3", new Fault.Status(404));
    manifest("files.csv", lines);
    assertThat(run("files.csv").exit()).isEqualTo(1);
    assertThat(out("files").failed())
        .extracting(row -> row.get("out"))
        .containsExactlyInAnyOrder("sub/1.bin", "sub/3.bin");
    Result second = run("files/.bulkdl/failed.csv");
    assertThat(second.exit()).as(second.err()).isZero();
    Trees.assertHolds(
        out("files").path(),
        Map.of("sub/0.bin", GOOD, "sub/1.bin", GOOD, "sub/2.bin", GOOD, "sub/3.bin", GOOD));
    assertThat(out("files").own("failed.csv")).doesNotExist();
    assertThat(out("files").results()).hasSize(2);
  }

  @Test
  void everyClassOfFailureIsTold() {
    for (String path : List.of("/cut", "/range", "/good")) {
      server.serve(path, GOOD);
    }
    server.always("/cut", new Fault.CutAfter(0));
    server.always("/range", new Fault.WrongRangeStart(7));
    try (UnreachablePort closed = UnreachablePort.refusing()) {
      manifest(
          "files.csv",
          "filename,url,size,sha256",
          row("http", "/gone") + ",,",
          row("truncated", "/cut") + ",,",
          row("range", "/range") + ",,",
          row("changed", "/good") + ",4999,",
          row("checksum", "/good") + ",," + new Payload(2, 1).sha256(),
          "dns,http://no-such-host.invalid/a,,",
          "connect," + closed.uri("/a") + ",,");
      assertThat(impatient().run().exit()).isEqualTo(1);
    }
    assertThat(out("files").results())
        .hasSize(7)
        .allSatisfy(
            row ->
                assertThat(row.get("error"))
                    .as(row.toString())
                    .startsWith(row.get("filename") + ": "));
    assertThat(out("files").report().get("failures").propertyNames()).hasSize(7);
    assertThat(Trees.names(out("files").path())).isEqualTo(Trees.leftovers(out("files").path()));
  }

  @Test
  void aPathThroughAFileOrToAFolderFailsAsDisk() throws IOException {
    server.serve("/good", GOOD);
    Files.createDirectories(out("files").file("folder"));
    Files.writeString(out("files").file("file"), "mine");
    manifest(
        "files.csv",
        "filename,url",
        row("file/below", "/good"),
        row("folder", "/good"),
        row("good", "/good"));
    assertThat(run("files.csv").exit()).isEqualTo(4);
    assertThat(error("file/below")).startsWith("disk: ");
    assertThat(error("folder")).startsWith("disk: ");
    assertThat(GOOD.matches(out("files").file("good"))).isTrue();
    assertThat(out("files").file("file")).hasContent("mine");
  }

  @Test
  void anOutputFolderThatCannotBeMadeEndsItBeforeAnyRequest() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    manifest("files.csv", "filename,url", row("good", "/good"));
    for (String place : List.of("file", "file/below")) {
      Result result = run("files.csv", "-d", place);
      assertThat(result.exit()).isEqualTo(4);
      assertThat(result.err()).contains("file").doesNotContain("\tat ");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aFullDiskStopsItAndTheNextRunGoesOn() {
    try (SmallDisk small = SmallDisk.mounted(folder.resolve("small"), 12)) {
      Path out = small.folder().resolve("out");
      Payload large = new Payload(3, 16 * MIB);
      server.serve("/large", large).always("/large", new Fault.Chunked(), new Fault.UnknownTotal());
      manifest("files.csv", "filename,url", row("large", "/large"));
      JarRun run = bulkdl("files.csv", "-s", 1, "-d", out);
      Result result = run.run();
      assertThat(result.exit()).as(result.err()).isEqualTo(4);
      assertThat(result.err()).contains("disk: ").doesNotContain("\tat ");
      assertThat(out.resolve("large")).doesNotExist();
      small.resize(64);
      assertThat(run.run().exit()).isZero();
      Trees.assertHolds(out, "large", large);
    }
  }

  @Test
  void aSecondRunInOneFolderSaysWhoHasItAndTheFirstIsNotDisturbed() {
    Gate gate = new Gate();
    server.serve("/good", GOOD).with("/good", new Fault.Stall(1000, gate));
    manifest("files.csv", "filename,url", row("good", "/good"));
    try (BulkdlProcess first = bulkdl("files.csv").start()) {
      gate.awaitArrivals(1);
      Result second = run("files.csv");
      assertThat(second.exit()).isEqualTo(4);
      assertThat(second.err())
          .contains("in use by another run")
          .contains("process " + first.pid())
          .contains("-d");
      assertThat(second.out()).isEmpty();
      gate.open();
      assertThat(first.awaitExit().exit()).isZero();
    }
    Trees.assertHolds(out("files").path(), "good", GOOD);
    // The first run asks once more by HEAD, because its file took longer than a second.
    assertThat(server.requests().stream().filter(SeenRequest::isGet)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"true, true, 4", "false, true, 1", "false, false, 3"})
  void theWorstFailureDecides(boolean disk, boolean permanent, int code) throws IOException {
    server.serve("/good", GOOD).serve("/busy", GOOD).always("/busy", new Fault.Status(503));
    List<String> lines = new ArrayList<>(List.of("filename,url", row("busy", "/busy")));
    if (permanent) {
      lines.add(row("gone", "/gone"));
    }
    if (disk) {
      Files.createDirectories(out("files").file("folder"));
      lines.add(row("folder", "/good"));
    }
    manifest("files.csv", lines);
    assertThat(impatient().run().exit()).isEqualTo(code);
    assertThat(out("files").report().get("exitCode").asInt()).isEqualTo(code);
  }

  @Test
  void aServerThatStaysSilentFailsAsTimeout() {
    server.serve("/a", GOOD).always("/a", new Fault.HoldBefore(new Gate()));
    manifestOf("a.bin", "/a");
    Result result =
        run("files.csv", "--retries", 1, "--retry-delay", "1ms", "--response-timeout", "1s");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(out("files").result("a.bin").get("error")).startsWith("timeout: ");
  }
}
