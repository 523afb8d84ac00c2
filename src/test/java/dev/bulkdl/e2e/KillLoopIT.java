package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.FolderChanges;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.PageCache;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Case 38: one run of files of all sizes, killed at random moments and started again each time; and
 * one that writes past the page cache. {@code scripts/kill-loop} runs it with any number of kills,
 * and with a seed to repeat them.
 *
 * <p>Counted is what the server handed to its sockets, whether a client read it or was killed
 * before; and to be safe one write more for each connection that a kill may have cut in it.
 */
class KillLoopIT extends EndToEnd {
  private static final int KILLS = Integer.getInteger("bulkdl.kills", 20);
  private static final long SEED = Long.getLong("bulkdl.seed", System.nanoTime());
  private static final long CONNECTIONS = 3;
  private static final long WRITE = 64 * KIB;

  private final Random random = new Random(SEED);
  private final MixedSizes files = new MixedSizes(server, random);
  private final Set<String> seenWhole = new HashSet<>();
  private int kills;
  private boolean isDirect;

  /**
   * Connections that a kill may have cut: those that its run had opened, as many as it may have.
   */
  private long cut;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsWithTheRightBytesAndHasFetchedFewOfThemTwice(boolean direct) throws IOException {
    System.out.printf("kill loop: %d kills, seed %d, direct: %s%n", KILLS, SEED, direct);
    isDirect = direct;
    if (direct) {
      PageCache.assumeAvoidable(folder);
    }
    for (int sets = 0; sets < Math.ceilDiv(KILLS, 20); sets++) {
      files.add();
    }
    manifest("files.csv", files.rows());
    Path own = Files.createDirectories(out("files").path().resolve(".bulkdl"));
    for (int i = 0; i < KILLS; i++) {
      kill(i, own);
      assertFinalNamesAreWhole();
    }
    Result result = bulkdl().run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertFinalNamesAreWhole();
    assertThat(Trees.names(out("files").path()))
        .containsExactlyElementsOf(files.payloads().keySet());
    assertThat(own.toFile().list())
        .containsExactlyInAnyOrder(
            "lock",
            "results.csv",
            "report.json",
            "run.log",
            "latency.hlog",
            "report.html",
            "inventory.tsv");
    assertFewBytesTwice();
  }

  private JarRun bulkdl() {
    return bulkdl("files.csv", "-j", 2, "-c", CONNECTIONS, "--segment-min", "4M")
        .and("--direct=" + isDirect);
  }

  /** Kills a run at a random moment, unless it ends by itself before; counts the connections. */
  private void kill(int kill, Path own) {
    int before = server.traffic().connections();
    try (FolderChanges changes = new FolderChanges(out("files").path());
        FolderChanges ownChanges = new FolderChanges(own)) {
      CompletableFuture<?> moment = moment(kill, changes, ownChanges);
      try (BulkdlProcess process = bulkdl().start()) {
        CompletableFuture.anyOf(process.ended(), moment).join();
        if (process.isAlive()) {
          process.kill9();
          kills++;
        } else {
          assertThat(process.awaitExit().exit()).as(process.stderr()).isZero();
        }
      }
    }
    server.traffic().awaitIdle();
    cut += Math.min(CONNECTIONS, server.traffic().connections() - before);
  }

  /**
   * The moment of a kill: at once, while the run begins, as a file begins or is put under its name,
   * or else after some bytes; and for the last ones when few files are left.
   */
  private CompletableFuture<?> moment(int kill, FolderChanges changes, FolderChanges ownChanges) {
    if (kill >= KILLS * 9 / 10) {
      int left = random.nextInt(3);
      return when(() -> changes.awaitUntil(() -> whole().size() >= files.count() - left));
    }
    int count = 1 + random.nextInt(8);
    long bytes = server.bytesServed() + random.nextLong(3 * files.bytes() / KILLS);
    CompletableFuture<?> served = when(() -> server.traffic().awaitBytesServed(bytes));
    return switch (random.nextInt(8)) {
      case 0 -> CompletableFuture.completedFuture(null);
      case 1 -> CompletableFuture.anyOf(served, when(() -> ownChanges.await(count)));
      case 2, 3 -> CompletableFuture.anyOf(served, when(() -> changes.await(count)));
      default -> served;
    };
  }

  /**
   * On a thread of the system, which need not wait until the server's virtual ones pause. What does
   * not come within the bound of all waits makes a moment too.
   */
  private static CompletableFuture<?> when(Runnable moment) {
    return CompletableFuture.runAsync(moment, Background.THREADS).handle((come, tooLate) -> come);
  }

  /** The files under their final names. */
  private List<String> whole() {
    return Stream.of(out("files").path().toFile().list())
        .filter(files.payloads()::containsKey)
        .sorted()
        .toList();
  }

  private void assertFinalNamesAreWhole() {
    whole().stream()
        .filter(seenWhole::add)
        .forEach(
            name ->
                assertThat(files.payloads().get(name).firstDifference(out("files").file(name)))
                    .as(name)
                    .isEmpty());
  }

  private void assertFewBytesTwice() {
    long twice = server.bytesServed() - files.bytes();
    System.out.printf(
        "kill loop: %d of %d kills met a run, with %d connections; of %d bytes %d were served twice%n",
        kills, KILLS, cut, files.bytes(), twice);
    assertThat(kills).isGreaterThan(KILLS / 2);
    assertThat(twice + cut * WRITE).isLessThanOrEqualTo(cut * FETCHED_TWICE);
  }
}
