package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.bulkdl.serve.store.Database;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of a million rows, with the times in the output. Run with {@code -Dbulkdl.million=1000000}.
 */
@EnabledIfSystemProperty(named = "bulkdl.million", matches = "\\d+")
class MillionRowsTest {

  private static final int OTHER_JOBS = 500;
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @TempDir Path folder;

  private static <T> T timed(String what, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    long cpu = CPU.getProcessCpuTime();
    T result = work.call();
    System.out.printf(
        "%-20s %6d ms %6d ms of processors%n",
        what, (System.nanoTime() - start) / 1_000_000, (CPU.getProcessCpuTime() - cpu) / 1_000_000);
    return result;
  }

  private Path manifest(int rows) throws IOException {
    Path file = folder.resolve("manifest.csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println("filename,url,size,sha256");
      for (int i = 1; i <= rows; i++) {
        out.printf(
            "folder-%03d/file-%07d.bin,http://host-%d.example.org/data/set-%03d/%07d.bin,%d,%064x%n",
            i % 1000, i, i % 20, i % 1000, i, (i * 7919L) % 10_000_000, i);
      }
    }
    return file;
  }

  @Test
  void isStoredListedAndReadyInTime() throws Exception {
    int rows = Integer.getInteger("bulkdl.million");
    Path manifest = manifest(rows);
    String id;
    try (JobsFixture daemon = JobsFixture.in(folder)) {
      NewJob order =
          new NewJob(
              JobsFixture.ANNA, "million", "", "", 0, JobLimits.NONE, JobSchedule.NONE, true);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(manifest))) {
        AddResult added =
            timed(
                "stored",
                () -> daemon.jobs().add(order, new ManifestUpload.Stream("million.csv", in)));
        id = ((AddResult.Added) added).job().id();
      }
      daemon
          .database()
          .write(
              sql -> {
                for (int i = 0; i < OTHER_JOBS; i++) {
                  sql.update(
                      "INSERT INTO jobs (id, owner, name, state, since, pos, created, folder)"
                          + " VALUES (?, ?, 'other', 'paused', 0, ?, 0, ?)",
                      "other" + i,
                      JobsFixture.ANNA,
                      100 + i,
                      "other" + i);
                }
                return true;
              });
      look(daemon, id, rows);
      FileSelection all = all(FileState.PENDING);
      timed("hold all", () -> beside(() -> daemon.jobs().act(id, all, FileAction.HOLD), daemon));
      timed("first all", () -> daemon.jobs().act(id, all(FileState.HELD), FileAction.FIRST));
      timed("retry job", () -> daemon.jobs().act(id, JobAction.RETRY));
    }
    Database database = timed("database opened", () -> Database.open(folder.resolve("state")));
    Jobs jobs =
        timed("jobs opened", () -> Jobs.open(database, JobSettings.in(folder.resolve("state"))));
    timed("500 jobs listed", () -> jobs.list(JobFilter.ALL, Optional.empty(), 500));
    assertThat(jobs.find(id).orElseThrow().rows()).isEqualTo(rows);
    long size = Files.size(folder.resolve("state/bulkdl.db")) >> 20;
    System.out.printf("%-20s %6d MiB%n", "database", size);
    timed("deleted", () -> jobs.delete(id, Deletion.KEEP));
    jobs.close();
    database.close();
  }

  private static FileSelection all(FileState state) {
    return new FileSelection.Matching(FileFilter.of(state));
  }

  /** Does the work, and prints how long commands for another job took meanwhile. */
  private static BatchResult beside(Callable<Optional<BatchResult>> work, JobsFixture daemon)
      throws Exception {
    CompletableFuture<BatchResult> done = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> complete(done, work));
    List<Long> nanos = new ArrayList<>();
    for (boolean cancel = true; !done.isDone(); cancel = !cancel) {
      long start = System.nanoTime();
      daemon.jobs().act("other0", cancel ? JobAction.CANCEL : JobAction.RETRY);
      daemon.jobs().act("other0", JobAction.PAUSE);
      nanos.add((System.nanoTime() - start) / 2);
    }
    Collections.sort(nanos);
    System.out.printf(
        "  %d commands beside it: half within %d ms, 99 of 100 within %d ms, the last %d ms%n",
        2 * nanos.size(),
        nanos.get(nanos.size() / 2) / 1_000_000,
        nanos.get(nanos.size() * 99 / 100) / 1_000_000,
        nanos.getLast() / 1_000_000);
    return done.join();
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<Optional<T>> work) {
    try {
      done.complete(work.call().orElseThrow());
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  private static void look(JobsFixture daemon, String id, int rows) throws Exception {
    Jobs jobs = daemon.jobs();
    FileFilter all = FileFilter.ALL;
    timed("first page", () -> jobs.files(id, all, FileOrder.ROW, Optional.empty(), 60));
    timed("last row", () -> jobs.filesAt(id, all, FileOrder.ROW, rows - 60, 60));
    timed("last by name", () -> jobs.filesAt(id, all, FileOrder.NAME, rows - 60, 60));
    timed("middle by name", () -> jobs.filesAt(id, all, FileOrder.NAME, rows / 2, 60));
    timed("last by size", () -> jobs.filesAt(id, all, FileOrder.SIZE, rows - 60, 60));
    timed("largest", () -> jobs.files(id, all, FileOrder.SIZE_DESCENDING, Optional.empty(), 60));
    timed(
        "state",
        () -> jobs.files(id, FileFilter.of(FileState.FAILED), FileOrder.ROW, Optional.empty(), 60));
    timed(
        "pending",
        () ->
            jobs.files(id, FileFilter.of(FileState.PENDING), FileOrder.ROW, Optional.empty(), 60));
    timed(
        "text",
        () ->
            jobs.files(
                id,
                new FileFilter(Optional.empty(), Optional.empty(), "e-0999999"),
                FileOrder.ROW,
                Optional.empty(),
                60));
    timed(
        "host",
        () ->
            jobs.files(
                id,
                new FileFilter(Optional.empty(), Optional.of("host-7.example.org"), ""),
                FileOrder.ROW,
                Optional.empty(),
                60));
  }
}
