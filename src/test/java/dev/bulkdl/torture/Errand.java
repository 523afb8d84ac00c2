package dev.bulkdl.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.cli.InProcess;
import dev.bulkdl.cli.InProcess.Ended;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files of every shape, and a folder of its own to put them into, in which there are files of the
 * user's already.
 *
 * @param folder holds the output folder {@code out}, and {@code temp} where {@code elsewhere}
 * @param elsewhere whether partial files live in another folder
 */
record Errand(Path folder, FaultServer server, boolean elsewhere, SyncPolicy sync) {

  private static final int KIB = 1 << 10;

  /** A fourth of the file that is split, and more than half of the one that never is. */
  private static final long SEGMENT = 520 * KIB;

  private static final long BYTES_PER_SECOND = 12L << 20;
  private static final Duration TICK = Duration.ofMillis(1);

  /** Of no byte, one, few; with a journal, and large enough for four connections. */
  static final Map<String, Payload> FILES =
      new TreeMap<>(
          Map.of(
              "empty", new Payload(10, 0),
              "sub/byte", new Payload(11, 1),
              "small", new Payload(12, 3_000),
              "sub/deep/journaled", new Payload(13, 1025 * KIB + 7),
              "split", new Payload(14, 2100 * KIB + 3)));

  /** What the user has there. A run has no business in any of it. */
  private static final Map<String, Payload> USERS =
      Map.of(
          "notes.txt", new Payload(20, 100),
          "sub/empty.part", new Payload(21, 0),
          "sub/journaled", new Payload(22, 5_000));

  private static final Payload THERE = new Payload(15, 2_000);

  /** Slowly what is to be split. */
  static void serve(FaultServer server) {
    FILES.forEach((name, payload) -> server.serve("/" + name, payload));
    server.always("/split", new Fault.Throttle(BYTES_PER_SECOND));
    server.serve("/there", THERE);
  }

  Path out() {
    return folder.resolve("out");
  }

  Path temp() {
    return folder.resolve("temp");
  }

  /** Puts there what is there before the first run. */
  Errand prepare() {
    try {
      Files.createDirectories(out().resolve("sub"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    USERS.forEach((name, payload) -> payload.writeTo(out().resolve(name)));
    THERE.writeTo(out().resolve("there"));
    return this;
  }

  /** Runs on this file system, which holds the folder. */
  Ended run(DiskFileSystem disk) {
    return run(disk, false);
  }

  /**
   * Runs on this file system.
   *
   * @param hashing whether files that are there are hashed, and replaced if they are wrong
   */
  Ended run(DiskFileSystem disk, boolean hashing) {
    Settings settings =
        Settings.in(disk.of(out()))
            .with(diskSettings(disk, hashing))
            .with(Limits.FIXED.withSegments(4, SEGMENT))
            .with(RetrySettings.DEFAULTS.withRetries(1).withDelays(TICK, TICK));
    return InProcess.run(settings, downloads(hashing));
  }

  private DiskSettings diskSettings(DiskFileSystem disk, boolean hashing) {
    DiskSettings settings =
        DiskSettings.in(disk.of(out()))
            .with(ExistingPolicy.DEFAULTS.withOverwrite(hashing).withVerify(hashing))
            .with(sync);
    return elsewhere ? settings.withTempDir(disk.of(temp())) : settings;
  }

  private List<Download> downloads(boolean hashing) {
    TreeMap<String, Payload> all = new TreeMap<>(FILES);
    all.put("there", THERE);
    return all.keySet().stream()
        .map(name -> Download.of(name, server.uri("/" + name)))
        .map(file -> hashing ? file.withChecksums(List.of(hash(all, file))) : file)
        .toList();
  }

  private static Checksum hash(Map<String, Payload> payloads, Download file) {
    return new Checksum(Algorithm.SHA256, payloads.get(file.target().value()).sha256());
  }

  /** Every final name belongs to its file or to none, and what is the user's is as it was. */
  void assertNothingWrong() {
    SortedMap<String, String> hashes = Trees.hashes(out());
    USERS.forEach((name, payload) -> assertThat(hashes).containsEntry(name, payload.sha256()));
    assertThat(hashes).containsEntry("there", THERE.sha256());
    FILES.keySet().stream().filter(hashes::containsKey).forEach(this::assertRight);
  }

  private void assertRight(String name) {
    assertThat(FILES.get(name).firstDifference(out().resolve(name))).as(name).isEmpty();
  }

  boolean isComplete() {
    return Trees.names(out()).containsAll(FILES.keySet());
  }

  /** The files that are there by results.csv. */
  List<String> claims() {
    Path results = out().resolve(".bulkdl").resolve("results.csv");
    try {
      return Files.exists(results)
          ? Files.readAllLines(results).stream()
              .map(line -> line.split(",", -1))
              .filter(cells -> cells.length > 2 && cells[2].matches("completed|skipped"))
              .map(cells -> cells[0])
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What results.csv says to be there is there, and right. */
  void assertClaimsHold() {
    assertThat(Trees.names(out())).containsAll(claims());
    claims().stream().filter(FILES::containsKey).forEach(this::assertRight);
  }

  /** Every file is there, and nothing else but what is the user's. */
  void assertComplete() {
    assertThat(Trees.hashes(out())).isEqualTo(complete());
    assertThat(Trees.names(temp())).isEmpty();
  }

  /** The same, but for files whose note that they are ours was lost: those are not deleted. */
  void assertCompleteButForStrays() {
    SortedMap<String, String> there = Trees.hashes(out());
    there.keySet().removeIf(name -> name.endsWith(".orphan") || name.endsWith(".copy"));
    assertThat(there).isEqualTo(complete());
  }

  private static SortedMap<String, String> complete() {
    SortedMap<String, String> hashes = new TreeMap<>();
    Stream.of(FILES, USERS, Map.of("there", THERE))
        .forEach(files -> files.forEach((name, payload) -> hashes.put(name, payload.sha256())));
    return hashes;
  }
}
