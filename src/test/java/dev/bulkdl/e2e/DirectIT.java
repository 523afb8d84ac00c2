package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Folders;
import dev.bulkdl.testkit.OpenFiles;
import dev.bulkdl.testkit.PageCache;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SmallDisk;
import dev.bulkdl.testkit.Trees;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with {@code --direct}. */
class DirectIT extends EndToEnd {

  private static final Payload LARGE = new Payload(1, 40L * MIB + 12_345);

  @BeforeEach
  void assumeThatItCanBe() {
    PageCache.assumeAvoidable(folder);
  }

  @Test
  void keepsLittleInMemory() {
    server.serve("/a", LARGE);
    manifestOf("a.bin", "/a");
    assertThat(run("files.csv", "-s", 1, "--direct").exit()).isZero();
    Path file = out("files").file("a.bin");
    PageCache.bytesOf(file).ifPresent(bytes -> assertThat(bytes).isLessThan(LARGE.size() / 2));
    assertThat(LARGE.matches(file)).isTrue();
  }

  /** And goes on through the cache where such a run was killed, or the other way round. */
  @ParameterizedTest
  @ValueSource(strings = {"--direct", "--direct=false"})
  void writesPastTheCache(String next) {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(20 * MIB));
    manifestOf("a.bin", "/a");
    try (BulkdlProcess process = bulkdl("files.csv", "-s", 1, "--direct").start()) {
      new OpenFiles(process.pid()).awaitDirect("a.bin.part");
      Folders.awaitLength(out("files").file("a.bin.part"), 19L * MIB);
      process.kill9();
    }
    server.traffic().awaitIdle();
    Result result = bulkdl("files.csv", "-s", 3, "--segment-min", "4M", next).run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out("files").path(), "a.bin", LARGE);
    assertThat(server.bytesServed()).isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
  }

  /** A value stands only behind {@code =}, so the next word is the manifest. */
  @ParameterizedTest
  @ValueSource(strings = {"--direct", "--direct=always", "--direct=TRUE"})
  void theWordBehindItIsTheManifest(String option) {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(20 * MIB));
    manifestOf("a.bin", "/a");
    try (BulkdlProcess process = bulkdl(option, "files.csv", "-s", 1).start()) {
      new OpenFiles(process.pid()).awaitDirect("a.bin.part");
      process.signal("TERM");
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isEqualTo(143);
      assertThat(result.out() + result.err()).containsPattern("--direct(=always|=TRUE)?( |$)");
    }
    assertThat(run("--direct=never", "files.csv").exit()).isZero();
    Trees.assertHolds(out("files").path(), "a.bin", LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--direct=auto", "--direct=never", "--direct=false"})
  void aFileOfMiddleSizeStaysInMemoryUnlessAskedFor(String option) {
    server.serve("/a", LARGE);
    manifestOf("a.bin", "/a");
    assertThat(run(option, "files.csv", "-s", 1).exit()).isZero();
    Path file = out("files").file("a.bin");
    PageCache.bytesOf(file)
        .ifPresent(bytes -> assertThat(bytes).isGreaterThanOrEqualTo(LARGE.size()));
    assertThat(LARGE.matches(file)).isTrue();
  }

  @Test
  void anotherValueIsAnErrorWithTheRightOnes() {
    Result result = run("--direct=images.csv");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'images.csv' is none of auto, always, never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "auto", "true"})
  void theEnvironmentGivesTheSameValues(String value) {
    server.serve("/a", new Payload(3, 1000));
    manifestOf("a.bin", "/a");
    assertThat(bulkdl("files.csv").env("BULKDL_DIRECT", value).run().exit()).isZero();
    assertThat(bulkdl("files.csv").env("BULKDL_DIRECT", "x").run().err())
        .contains("BULKDL_DIRECT", "is none of auto, always, never");
  }

  @Test
  void isMeasuredByTheBench() {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(20 * MIB));
    manifestOf("a.bin", "/a");
    Object[] bench = {"bench", "files.csv", "--connections", 1, "-s", 1, "--sink", "direct"};
    try (BulkdlProcess process = bulkdl(bench).start()) {
      new OpenFiles(process.pid()).awaitDirect(".part");
      process.signal("TERM");
      assertThat(process.awaitExit().err()).doesNotContain("\tat ");
    }
  }

  /** Not with a run that does as if: such a file system knows nothing but its cache. */
  @Test
  void saysWhereThereIsNoWayPastTheCache() {
    server.serve("/a", LARGE);
    manifestOf("a.bin", "/a");
    try (SmallDisk disk = SmallDisk.ofCacheOnly(folder.resolve("disk"))) {
      Path out = disk.folder().resolve("out");
      Result result = run("files.csv", "-d", out, "--direct");
      assertThat(result.exit()).as(result.err()).isEqualTo(4);
      assertThat(result.err())
          .contains(out.toString(), "do without --direct\n")
          .doesNotContain("\tat ");
      assertThat(server.requests()).isEmpty();
      assertThat(out.resolve(".bulkdl/direct")).doesNotExist();
      assertThat(run("plan", "files.csv", "-d", out).out()).contains("an unknown number usable");
      assertThat(run("files.csv", "-d", out).exit()).isZero();
      Trees.assertHolds(out, "a.bin", LARGE);
    }
  }
}
