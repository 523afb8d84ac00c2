package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second run, after one that was killed, and beside files that are there already. */
class ResumeIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 24 * MIB);
  private static final Payload OTHER = new Payload(2, 24 * MIB);
  private static final Payload SMALL = new Payload(3, 3 * MIB);
  private static final int CONNECTIONS = 4;

  /** Large enough that fetching it all again would break the bound for that many connections. */
  private static final Payload SPLIT = new Payload(5, 40 * MIB);

  private Path file() {
    return out("files").file("a.bin");
  }

  private Path part() {
    return out("files").file("a.bin.part");
  }

  private Path journal() {
    return out("files").file("a.bin.part.journal");
  }

  /** Never splits. */
  private JarRun single() {
    return bulkdl("files.csv", "-s", 1);
  }

  private JarRun split() {
    return bulkdl("files.csv", "-s", CONNECTIONS, "--segment-min", "1M");
  }

  /** For content, without the HEAD at the end of a large file. */
  private List<SeenRequest> requestsFrom(int first) {
    return server.requests().stream().skip(first).filter(SeenRequest::isGet).toList();
  }

  private void assertComplete(Result result, Payload expected) {
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out("files").path(), "a.bin", expected);
  }

  // ---- killed

  @ParameterizedTest
  @ValueSource(longs = {0, 700 * KIB, 20 * MIB, 24 * MIB - 1})
  void goesOnWhereAKilledRunHadCome(long bytes) {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(bytes));
    manifestOf("a.bin", "/a");
    killAfter(bytes, "/a", single());
    assertThat(file()).doesNotExist();
    assertComplete(single().run(), LARGE);
    assertThat(server.bytesServed()).isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
    if (bytes > FETCHED_TWICE) {
      SeenRequest second = requestsFrom(1).getFirst();
      assertThat(second.start()).isPositive();
      assertThat(second.header("If-Range")).get().asString().startsWith("\"");
      assertThat(out("files").report().get("bytes").get("resumed").asLong()).isPositive();
      assertThat(out("files").result("a.bin")).containsEntry("proof", "etag");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {MIB, 8 * MIB})
  void goesOnInAllPiecesOfASplitFile(long bytesOfEach) {
    server.serve("/a", SPLIT).always("/a", new Fault.Stall(bytesOfEach));
    manifestOf("a.bin", "/a");
    killAfter(CONNECTIONS * bytesOfEach, "/a", split());
    assertThat(file()).doesNotExist();
    int before = server.requests().size();
    server.mend("/a");
    assertComplete(split().run(), SPLIT);
    assertThat(server.bytesServed())
        .isLessThanOrEqualTo(SPLIT.size() + CONNECTIONS * FETCHED_TWICE);
    assertThat(requestsFrom(before))
        .allMatch(SeenRequest::isRanged)
        .allMatch(request -> request.header("If-Range").isPresent());
  }

  @Test
  void survivesOneKillAfterAnother() {
    server.serve("/a", LARGE);
    manifest(
        "files.csv", "filename,url,sha256", "a.bin," + server.uri("/a") + "," + LARGE.sha256());
    int kills = 3;
    for (int i = 0; i < kills; i++) {
      server.mend("/a").with("/a", new Fault.Stall(7 * MIB));
      killAfter(7 * MIB, "/a", single());
    }
    assertComplete(single().run(), LARGE);
    assertThat(server.bytesServed()).isLessThanOrEqualTo(LARGE.size() + kills * FETCHED_TWICE);
    assertThat(out("files").result("a.bin")).containsEntry("proof", "sha256");
  }

  @Test
  void mayBeSplitOtherwiseThanTheRunBefore() {
    server.serve("/a", SPLIT).always("/a", new Fault.Stall(8 * MIB));
    manifestOf("a.bin", "/a");
    killAfter(CONNECTIONS * 8L * MIB, "/a", split());
    server.mend("/a");
    assertComplete(single().run(), SPLIT);
    assertThat(server.bytesServed())
        .isLessThanOrEqualTo(SPLIT.size() + CONNECTIONS * FETCHED_TWICE);
  }

  @Test
  void neverFetchesACompletedFileAgain() {
    List<Payload> payloads = serveSmall(20);
    List<String> lines = new ArrayList<>(List.of("filename,url,size"));
    for (int i = 0; i < 20; i++) {
      lines.add(i + "," + server.uri("/" + i) + "," + payloads.get(i).size());
    }
    manifest("files.csv", lines);
    Gate gate = new Gate();
    server.with("/19", new Fault.HoldBefore(gate));
    List<String> there;
    try (BulkdlProcess process = bulkdl("files.csv", "-j", 1).start()) {
      gate.awaitArrivals(1);
      process.kill9();
      there = Trees.names(out("files").path());
    }
    assertThat(there).isNotEmpty();
    int before = server.requests().size();
    assertThat(run("files.csv").exit()).isZero();
    assertThat(requestsFrom(before))
        .extracting(request -> request.path().substring(1))
        .doesNotContainAnyElementsOf(there);
    assertThat(out("files").results()).hasSize(20);
    Trees.assertNoLeftovers(out("files").path());
  }

  @Test
  void theFolderIsFreeAsSoonAsItsRunIsKilled() {
    server.serve("/a", SMALL).with("/a", new Fault.Stall(0));
    manifestOf("a.bin", "/a");
    killAfter(0, "/a", single());
    assertComplete(single().run(), SMALL);
  }

  // ---- another version, or no proof

  @Test
  void beginsAnewWhenTheFileHasChangedBetweenTheRuns() {
    killedWith(LARGE);
    server.serve("/a", OTHER);
    assertComplete(single().run(), OTHER);
    assertThat(server.requests().get(1).header("If-Range")).isPresent();
    assertThat(out("files").report().get("bytes").get("discarded").asLong())
        .isGreaterThan(20 * MIB - FETCHED_TWICE);
  }

  @Test
  void beginsAnewInAllPiecesWhenASplitFileHasChanged() {
    server.serve("/a", LARGE).always("/a", new Fault.Stall(4 * MIB));
    manifestOf("a.bin", "/a");
    killAfter(CONNECTIONS * 4L * MIB, "/a", split());
    server.mend("/a").serve("/a", OTHER);
    assertComplete(split().run(), OTHER);
  }

  @Test
  void beginsAnewWithoutAValidator() {
    server.always("/a", new Fault.NoValidator());
    killedWith(LARGE);
    assertComplete(single().run(), LARGE);
    assertThat(server.requests())
        .filteredOn(SeenRequest::isGet)
        .hasSize(2)
        .allMatch(request -> request.start() == 0);
    assertThat(out("files").result("a.bin")).containsEntry("proof", "length");
  }

  @Test
  void trustSizeGoesOnWithoutAValidator() {
    server.always("/a", new Fault.NoValidator());
    killedWith(LARGE);
    assertComplete(single().and("--trust-size").run(), LARGE);
    assertThat(server.requests().get(1).start()).isPositive();
    assertThat(server.bytesServed()).isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
  }

  @Test
  void aHashGoesOnWithoutAValidator() {
    server.always("/a", new Fault.NoValidator());
    killedWith(LARGE, LARGE.sha256());
    assertComplete(single().run(), LARGE);
    assertThat(server.requests().get(1).start()).isPositive();
    assertThat(out("files").result("a.bin")).containsEntry("proof", "sha256");
  }

  @Test
  void aHashTellsThatAFileWithoutAValidatorHasChanged() {
    server.always("/a", new Fault.NoValidator());
    killedWith(LARGE, OTHER.sha256());
    server.serve("/a", OTHER);
    assertComplete(single().run(), OTHER);
  }

  @Test
  void goesOnByADateThatIsOldEnough() {
    server.always("/a", new Fault.OnlyLastModified());
    killedWith(LARGE);
    assertComplete(single().run(), LARGE);
    assertThat(server.requests().get(1).start()).isPositive();
    assertThat(server.requests().get(1).header("If-Range")).get().asString().endsWith("GMT");
  }

  /** A run of this payload in one piece, killed at 25 MiB. */
  private void killedWith(Payload payload) {
    killedWith(payload, "");
  }

  private void killedWith(Payload payload, String sha256) {
    server.serve("/a", payload).with("/a", new Fault.Stall(20 * MIB));
    manifest("files.csv", "filename,url,sha256", "a.bin," + server.uri("/a") + "," + sha256);
    killAfter(20 * MIB, "/a", single());
  }

  // ---- a journal or a partial file that is not what it was

  /** What may happen to what a killed run left. */
  enum Damage {
    JOURNAL_TORN {
      @Override
      void to(Path part, Path journal) throws IOException {
        truncate(journal, Files.size(journal) - 7);
      }
    },
    JOURNAL_HALVED {
      @Override
      void to(Path part, Path journal) throws IOException {
        truncate(journal, Files.size(journal) / 2);
      }
    },
    JOURNAL_EMPTY {
      @Override
      void to(Path part, Path journal) throws IOException {
        truncate(journal, 0);
      }
    },
    JOURNAL_OF_ZEROS {
      @Override
      void to(Path part, Path journal) throws IOException {
        Files.write(journal, new byte[(int) Files.size(journal)]);
      }
    },
    JOURNAL_WITH_ZEROS_AT_ITS_END {
      @Override
      void to(Path part, Path journal) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
        Files.write(journal, bytes);
      }
    },
    JOURNAL_GONE {
      @Override
      void to(Path part, Path journal) throws IOException {
        Files.delete(journal);
      }
    },
    PART_SHORTER {
      @Override
      void to(Path part, Path journal) throws IOException {
        truncate(part, 3 * MIB + 11);
      }
    },
    PART_LONGER {
      @Override
      void to(Path part, Path journal) throws IOException {
        Files.write(part, new byte[MIB], StandardOpenOption.APPEND);
      }
    },
    PART_LONGER_THAN_THE_WHOLE {
      @Override
      void to(Path part, Path journal) throws IOException {
        truncate(part, 24 * MIB);
      }
    },
    PART_GONE {
      @Override
      void to(Path part, Path journal) throws IOException {
        Files.delete(part);
      }
    };

    abstract void to(Path part, Path journal) throws IOException;

    private static void truncate(Path file, long size) throws IOException {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength(size);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverTrustsWhatWasDamaged(Damage damage) throws IOException {
    Payload payload = new Payload(4, 16 * MIB);
    server.serve("/a", payload).always("/a", new Fault.Stall(2 * MIB));
    manifestOf("a.bin", "/a");
    killAfter(CONNECTIONS * 2L * MIB, "/a", split());
    damage.to(part(), journal());
    server.mend("/a");
    Result result = split().run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(payload.matches(file())).isTrue();
    Trees.assertNoLeftovers(out("files").path());
  }

  @Test
  void neverTakesTheBytesOfAnotherUrl() {
    killedWith(LARGE);
    server.serve("/b", OTHER);
    manifestOf("a.bin", "/b");
    assertComplete(single().run(), OTHER);
    assertThat(server.requests("/b").getFirst().start()).isZero();
  }

  // ---- the temporary folder

  /** A folder in memory, if there is one; it is on another file system than the output. */
  private static Path inMemory() {
    return Path.of("/dev/shm");
  }

  @Test
  void keepsPartialFilesInATemporaryFolderOnAnotherFileSystem() throws IOException {
    assumeThat(inMemory()).isDirectory();
    assumeThat(Files.getFileStore(inMemory())).isNotEqualTo(Files.getFileStore(folder));
    Path temp = Files.createTempDirectory(inMemory(), "bulkdl-e2e");
    try {
      resumesWithParts(temp);
    } finally {
      deleteAll(temp);
    }
  }

  @Test
  void keepsPartialFilesInATemporaryFolder(@TempDir Path temp) {
    resumesWithParts(temp.resolve("made/by it"));
  }

  private void resumesWithParts(Path temp) {
    server.serve("/a", LARGE).with("/a", new Fault.Stall(20 * MIB));
    manifestOf("sub/a.bin", "/a");
    JarRun run = single().and("--temp-dir", temp);
    killAfter(20 * MIB, "/a", run);
    assertThat(Trees.names(out("files").path())).isEmpty();
    assertThat(Trees.leftovers(temp)).hasSize(2);
    Result result = run.run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out("files").path(), "sub/a.bin", LARGE);
    assertThat(Trees.names(temp)).isEmpty();
    assertThat(server.bytesServed()).isLessThanOrEqualTo(LARGE.size() + FETCHED_TWICE);
  }

  private static void deleteAll(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  // ---- files that are there

  @Test
  void refusesToReplaceAFileOfAnotherSize() throws IOException {
    existing(new Payload(9, 1000));
    Result result = run("files.csv");
    assertThat(result.exit()).isEqualTo(1);
    Trees.assertHolds(out("files").path(), "a.bin", new Payload(9, 1000));
    assertThat(out("files").result("a.bin").get("error")).startsWith("exists: ");
    assertThat(result.out()).contains("--overwrite");
  }

  @Test
  void overwriteKeepsTheOldFileUntilTheNewOneIsComplete() throws IOException {
    Payload old = new Payload(9, 1000);
    existing(old);
    Gate gate = new Gate();
    server.with("/a", request -> !isQuestion(request), new Fault.Stall(MIB, gate));
    try (BulkdlProcess process = bulkdl("files.csv", "--overwrite", "-s", 1).start()) {
      server.awaitBytesServed("/a", MIB);
      gate.awaitArrivals(1);
      assertThat(old.matches(file())).isTrue();
      gate.open();
      assertComplete(process.awaitExit(), SMALL);
    }
  }

  /** For the length alone. */
  private static boolean isQuestion(SeenRequest request) {
    return request.isHead() || request.range().equals(Optional.of("bytes=0-0"));
  }

  @Test
  void overwriteKeepsTheOldFileWhenTheNewOneCannotBeHad() throws IOException {
    Payload old = new Payload(9, 1000);
    existing(old, new Payload(8, 1).sha256());
    Result result = run("files.csv", "--overwrite");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(out("files").result("a.bin").get("error")).startsWith("checksum: ");
    assertThat(old.matches(file())).isTrue();
  }

  @Test
  void continueExistingTakesAShorterFileAsTheBeginning() throws IOException {
    existingBeginning(2 * MIB);
    assertComplete(run("files.csv", "--continue-existing"), SMALL);
    assertThat(server.bytesServed()).isLessThanOrEqualTo(MIB + 1);
    assertThat(out("files").result("a.bin")).containsEntry("proof", "length");
  }

  @Test
  void continueExistingKeepsAFileThatIsNotTheBeginning() throws IOException {
    Payload another = new Payload(9, 2 * MIB);
    existing(another, SMALL.sha256());
    assertThat(run("files.csv", "--continue-existing").exit()).isEqualTo(1);
    assertThat(out("files").result("a.bin").get("error")).startsWith("exists: ");
    Trees.assertHolds(out("files").path(), "a.bin", another);
    assertComplete(run("files.csv", "--continue-existing", "--overwrite"), SMALL);
    assertThat(out("files").result("a.bin")).containsEntry("proof", "sha256");
  }

  @Test
  void continueExistingCanBeKilledToo() throws IOException {
    existingBeginning(MIB);
    server.with("/a", request -> request.start() > 0, new Fault.Stall(MIB));
    killAfter(MIB, "/a", single().and("--continue-existing"));
    assertComplete(single().and("--continue-existing").run(), SMALL);
  }

  @Test
  void verifyExistingFindsOtherContentOfTheSameSize() throws IOException {
    Payload impostor = new Payload(9, SMALL.size());
    existing(impostor, SMALL.sha256());
    Result trusting = run("files.csv");
    assertThat(trusting.exit()).isZero();
    assertThat(out("files").result("a.bin")).containsEntry("proof", "length");
    Result verifying = run("files.csv", "--verify-existing");
    assertThat(verifying.exit()).isEqualTo(1);
    assertThat(out("files").result("a.bin").get("error")).startsWith("exists: ");
    assertThat(impostor.matches(file())).isTrue();
    assertComplete(run("files.csv", "--verify-existing", "--overwrite"), SMALL);
    int requests = server.requests().size();
    assertComplete(run("files.csv", "--verify-existing"), SMALL);
    assertThat(out("files").result("a.bin"))
        .containsEntry("status", "skipped")
        .containsEntry("proof", "sha256");
    assertThat(server.requests()).hasSize(requests);
  }

  private void existing(Payload there) throws IOException {
    existing(there, "");
  }

  private void existing(Payload there, String sha256) throws IOException {
    server.serve("/a", SMALL);
    manifest("files.csv", "filename,url,sha256", "a.bin," + server.uri("/a") + "," + sha256);
    Files.createDirectories(out("files").path());
    there.writeTo(file());
  }

  private void existingBeginning(long size) throws IOException {
    existing(SMALL);
    SMALL.writeFirst(size, file());
  }
}
