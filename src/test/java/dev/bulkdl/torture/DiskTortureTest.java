package dev.bulkdl.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.cli.InProcess.Ended;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.disk.DiskFault;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.FaultyDisk;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import dev.bulkdl.testkit.disk.TwoStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The k-th file operation of a run fails, or all from the k-th on: never a wrong byte under a final
 * name, never a run that claims what is not so, and the next run completes it: Case 34 (full), Case
 * 35 (denied), Case 41 (too many open files), Case 42 (not forced).
 *
 * <p>A sample of all k, always the same one; {@code -Dbulkdl.torture=full} tries every k.
 */
class DiskTortureTest {

  private static final int SAMPLE = 2;

  /** One each: a server remembers all that it saw. */
  private final FaultServer server = FaultServer.http();

  @TempDir private Path temp;

  @BeforeEach
  void serve() {
    Errand.serve(server);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /**
   * A way to fail.
   *
   * @param stays whether everything that comes after fails too
   * @param elsewhere whether partial files live on another file system
   */
  record Way(DiskFault fault, boolean stays, boolean elsewhere) {}

  static Stream<Way> ways() {
    return Stream.of(DiskFault.values())
        .flatMap(fault -> Stream.of(new Way(fault, false, false), new Way(fault, true, false)))
        .flatMap(way -> Stream.of(way, new Way(way.fault, way.stays, true)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whateverFailsTheNextRunCompletesIt(Way way) throws IOException {
    FaultyDisk sound = FaultyDisk.sound(way.fault);
    Errand first = errand(way, "clean");
    assertThat(run(first, sound).exit()).isZero();
    first.assertComplete();
    for (long k : Samples.of(sound.count(), SAMPLE, way)) {
      FaultyDisk disk = new FaultyDisk(way.fault, k, way.stays);
      Errand errand = errand(way, Long.toString(k));
      Ended ended = run(errand, disk);
      assertToldRightly(errand, ended, disk);
      Ended next = run(errand, Hook.none());
      assertThat(next.exit()).as("after %s\n%s", disk.struck(), next.err()).isZero();
      errand.assertComplete();
    }
  }

  private Errand errand(Way way, String name) throws IOException {
    Path folder = Files.createDirectory(temp.toRealPath().resolve(name));
    return new Errand(folder, server, way.elsewhere, SyncPolicy.ALWAYS).prepare();
  }

  private static Ended run(Errand errand, Hook disk) {
    DiskFileSystem files = new DiskFileSystem(new TwoStores(errand.temp(), disk));
    Ended ended = errand.run(files);
    assertThat(files.openFiles()).as("still open").isEmpty();
    errand.assertNothingWrong();
    return ended;
  }

  private static void assertToldRightly(Errand errand, Ended ended, FaultyDisk disk) {
    String told = "%s%n%s".formatted(disk.struck().map(Operation::toString), ended);
    assertThat(ended.exit()).as(told).isIn(0, 4);
    assertThat(ended.err()).as(told).doesNotContain("\tat ");
    if (ended.exit() == 0) {
      assertThat(errand.isComplete()).as(told).isTrue();
      assertThat(errand.claims()).as(told).containsAll(Errand.FILES.keySet());
    } else {
      assertThat(ended.err()).as(told).containsAnyOf("disk: ", "bulkdl: ");
    }
    errand.assertClaimsHold();
  }
}
