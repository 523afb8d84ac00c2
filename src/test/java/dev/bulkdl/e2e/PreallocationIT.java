package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Folders;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SmallDisk;
import dev.bulkdl.testkit.Trees;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The space of large files is allocated before their bytes arrive, on a disk that reports it. */
class PreallocationIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 16 * MIB + 5);
  private static final long SENT = 5 * MIB;
  private static final int DISK = 24;

  private SmallDisk disk;
  private Path out;

  @BeforeEach
  void mount() {
    disk = SmallDisk.mounted(folder.resolve("disk"), DISK);
    out = disk.folder().resolve("out");
    server.serve("/a", LARGE);
    manifest("files.csv", "filename,url,size", "a.bin," + server.uri("/a") + "," + LARGE.size());
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private BulkdlProcess started(Object... more) {
    server.with("/a", new Fault.Stall(SENT));
    BulkdlProcess process = bulkdl("files.csv", "-d", out, "-s", 1).and(more).start();
    Folders.awaitLength(out.resolve("a.bin.part"), SENT);
    return process;
  }

  private void completes(Object... more) {
    Result result = bulkdl("files.csv", "-d", out, "-s", 1).and(more).run();
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out, "a.bin", LARGE);
    assertThat(server.bytesServed()).isLessThan(LARGE.size() + MIB);
  }

  @Test
  void aStoppedRunGivesBackWhatItDidNotUse() {
    try (BulkdlProcess process = started()) {
      assertThat(disk.free()).isLessThan((DISK - 16L) * MIB);
      assertThat(out.resolve("a.bin.part")).hasSize(SENT);
      process.signal("TERM");
      assertThat(process.awaitExit().exit()).isEqualTo(143);
    }
    assertThat(disk.free()).isGreaterThan(DISK * MIB - SENT - MIB);
    completes();
  }

  /** There are 8 MiB free, and 11 to come: into what was reserved for them. */
  @Test
  void whatAKilledRunReservedIsNotAskedForAgain() {
    try (BulkdlProcess process = started()) {
      process.kill9();
    }
    Result plan = run("plan", "files.csv", "-d", out);
    assertThat(plan.out()).contains("resume at " + SENT + " bytes").doesNotContain("TOO LITTLE");
    completes();
  }

  /** Nothing of it is there yet, so nothing is resumed; its space is there all the same. */
  @Test
  void norIsItWhereNoByteHadCome() {
    server.with("/a", new Fault.Stall(0));
    try (BulkdlProcess process = bulkdl("files.csv", "-d", out, "-s", 1).start()) {
      disk.awaitLessFree((DISK - 16L) * MIB);
      assertThat(out.resolve("a.bin.part")).isEmptyFile();
      process.kill9();
    }
    completes();
  }

  @Test
  void itIsNotTakenUnlessWanted() {
    try (BulkdlProcess process = started("--no-preallocate")) {
      assertThat(disk.free()).isGreaterThan(DISK * MIB - SENT - MIB);
      process.kill9();
    }
    completes("--no-preallocate");
  }
}
