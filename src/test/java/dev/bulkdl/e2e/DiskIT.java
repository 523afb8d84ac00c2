package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.PageCache;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SmallDisk;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are full, read-only or short of file descriptors, as the system has them. */
class DiskIT extends EndToEnd {
  private static final Payload SMALL = new Payload(1, 3_000);
  private static final Payload LARGE = new Payload(2, 6 * MIB + 5);

  private String row(String filename, String path) {
    return filename + "," + server.uri(path) + ",";
  }

  private static JarRun limited(JarRun run, String limit) {
    return run.under("sh", "-c", "ulimit " + limit + "; exec \"$@\"", "sh");
  }

  /** Case 34. */
  @Test
  void whatCannotFitIsSaidBeforeTheFirstByte() throws IOException {
    server.serve("/small", SMALL).serve("/large", LARGE);
    manifest(
        "files.csv",
        "filename,url,size",
        row("small", "/small") + SMALL.size(),
        row("large", "/large") + LARGE.size());
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 4)) {
      JarRun run = bulkdl("files.csv", "-d", disk.folder().resolve("out"));
      Result result = run.run();
      assertThat(result.exit()).isEqualTo(4);
      assertThat(result.err()).contains("nothing was downloaded", "6.0 MiB", "free");
      assertThat(server.requests()).isEmpty();
      disk.resize(64);
      assertThat(run.run().exit()).isZero();
      Trees.assertHolds(disk.folder().resolve("out"), Map.of("small", SMALL, "large", LARGE));
    }
  }

  /** Case 34, with lengths that nobody knows beforehand: what is whole stays, the rest goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDiskThatFillsUpLosesNothing(boolean direct) throws IOException {
    Map<String, Payload> files = new TreeMap<>();
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < 6; i++) {
      files.put("f" + i, new Payload(10 + i, 5L * MIB + i));
      server.serve("/f" + i, files.get("f" + i));
      lines.add("f" + i + "," + server.uri("/f" + i));
    }
    manifest("files.csv", lines);
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 17)) {
      if (direct) {
        PageCache.assumeAvoidable(disk.folder());
      }
      Path out = disk.folder().resolve("out");
      JarRun run = bulkdl("files.csv", "-j", 2, "-d", out, "--direct=" + direct);
      Result result = run.run();
      assertThat(result.exit()).as(result.err()).isEqualTo(4);
      assertThat(result.err()).contains("disk: ").doesNotContain("\tat ");
      for (String name : Trees.names(out)) {
        assertThat(!files.containsKey(name) || files.get(name).matches(out.resolve(name)))
            .as(name)
            .isTrue();
      }
      disk.resize(64);
      assertThat(run.run().exit()).isZero();
      Trees.assertHolds(out, files);
    }
  }

  /** Case 34, without a right to mount anything: a file may not become larger. */
  @Test
  void aWriteThatFailsLosesNothing() {
    server.serve("/small", SMALL).serve("/large", LARGE);
    manifest("files.csv", "filename,url", row("small", "/small"), row("large", "/large"));
    JarRun run = bulkdl("files.csv", "-s", 1);
    Result result = limited(run, "-f 8192").run(); // blocks of 512 bytes: 4 MiB
    assertThat(result.exit()).as(result.err()).isEqualTo(4);
    assertThat(out("files").result("large").get("error")).startsWith("disk: ");
    assertThat(SMALL.matches(out("files").file("small"))).isTrue();
    long there = 4L * MIB;
    assertThat(out("files").file("large.part")).hasSize(there);
    assertThat(run.run().exit()).isZero();
    Trees.assertHolds(out("files").path(), Map.of("small", SMALL, "large", LARGE));
    assertThat(server.requests("/large").getLast().start()).isEqualTo(there);
  }

  /** Case 35. */
  @Test
  void aFolderThatCannotBeWrittenFailsItsRowsOnly() throws IOException {
    server.serve("/small", SMALL);
    Files.createDirectories(out("files").path());
    manifest("files.csv", "filename,url", row("locked/a", "/small"), row("x/b", "/small"));
    try (SmallDisk disk = SmallDisk.mounted(out("files").file("locked"), 1)) {
      disk.readOnly();
      assertThat(run("files.csv").exit()).isEqualTo(4);
      assertThat(out("files").result("locked/a").get("error")).startsWith("disk: ");
      Trees.assertHolds(out("files").path(), "x/b", SMALL);
    }
  }

  /** Case 35. */
  @ParameterizedTest
  @ValueSource(ints = {256, 5000})
  void aNameThatIsTooLongFailsItsRowOnly(int length) {
    server.serve("/small", SMALL);
    String name = length < 1000 ? "n".repeat(length) : "n/".repeat(length / 2) + "n";
    manifest("files.csv", "filename,url", row(name, "/small"), row("good", "/small"));
    Result result = run("files.csv", "--skip-bad-rows");
    assertThat(result.exit()).as(result.err()).isIn(1, 4);
    assertThat(out("files").result(name).get("error")).matches("(?s)(name|disk): .*");
    Trees.assertHolds(out("files").path(), "good", SMALL);
  }

  /** Case 41. */
  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256})
  void fewFileDescriptorsDoNoHarm(int descriptors) {
    Map<String, Payload> files = new TreeMap<>();
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < 200; i++) {
      files.put("f" + i, new Payload(10 + i, 20_000 + i));
      server.serve("/f" + i, files.get("f" + i));
      lines.add("f" + i + "," + server.uri("/f" + i));
    }
    manifest("files.csv", lines);
    JarRun run = bulkdl("files.csv", "-j", 100, "-c", 100, "--max-per-host", 100, "--retries", 2);
    Result result = limited(run, "-n " + descriptors).run();
    assertThat(result.err()).doesNotContain("\tat ");
    assertThat(result.exit()).as(result.err()).isNotEqualTo(2);
    if (descriptors == 256 || result.exit() == 0) {
      assertThat(result.exit()).as(result.err()).isZero();
      Trees.assertHolds(out("files").path(), files);
    }
    assertThat(run.run().exit()).isZero();
    Trees.assertHolds(out("files").path(), files);
  }

  /** A stick that ignores letter case, with its root as the output folder. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsThatDifferInLetterCaseOnlyCollideOnAStick(boolean used) throws IOException {
    server.serve("/small", SMALL).serve("/large", LARGE);
    manifest("files.csv", "filename,url", row("Data0", "/small"), row("data0", "/large"));
    try (SmallDisk stick = SmallDisk.exfat(folder.resolve("stick"))) {
      if (used) {
        Files.writeString(stick.folder().resolve("12 photos.txt"), "theirs");
      }
      Result result = run("files.csv", "-d", stick.folder());
      assertThat(result.exit()).as(result.err()).isEqualTo(2);
      assertThat(result.err()).contains("line 2", "line 3");
      assertThat(server.requests()).isEmpty();
      assertThat(Trees.names(stick.folder())).hasSize(used ? 1 : 0);
      manifest("files.csv", "filename,url", row("Data0", "/small"), row("data1", "/large"));
      assertThat(run("files.csv", "-d", stick.folder()).exit()).isZero();
      assertThat(LARGE.matches(stick.folder().resolve("DATA1"))).isTrue();
    }
  }
}
