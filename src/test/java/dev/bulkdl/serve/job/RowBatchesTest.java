package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders for more rows than one transaction changes. */
class RowBatchesTest {

  private static final int ROWS = 3 * RowBatches.SLICE + 7;

  @TempDir Path folder;

  private static Job held(JobsFixture daemon, String name, int rows) {
    List<String> urls =
        IntStream.rangeClosed(1, rows).mapToObj(i -> "http://host.invalid/f" + i).toList();
    NewJob job =
        new NewJob(JobsFixture.ANNA, name, "", name, 0, JobLimits.NONE, JobSchedule.NONE, true);
    AddResult added = daemon.jobs().add(job, ManifestUpload.urls(name, urls));
    return ((AddResult.Added) added).job();
  }

  private static BatchResult act(JobsFixture daemon, Job job, FileFilter which, FileAction action) {
    return daemon.jobs().act(job.id(), new FileSelection.Matching(which), action).orElseThrow();
  }

  @Test
  void anotherCommandIsAnsweredInTheMiddle() throws Exception {
    try (JobsFixture daemon = JobsFixture.in(folder)) {
      Job large = held(daemon, "large", ROWS);
      Job other = held(daemon, "other", 1);
      List<Long> heldMeanwhile = Collections.synchronizedList(new ArrayList<>());
      daemon
          .jobs()
          .onChange(
              change -> {
                if (change.equals(new JobChanged.Counts(large.id()))) {
                  CompletableFuture<Optional<Job>> answer =
                      CompletableFuture.supplyAsync(
                          () -> daemon.jobs().act(other.id(), JobAction.CANCEL));
                  assertThat(answer.join().orElseThrow().state()).isEqualTo(JobState.CANCELLED);
                  heldMeanwhile.add(daemon.count(large.id(), FileState.HELD));
                }
              });

      BatchResult did = act(daemon, large, FileFilter.of(FileState.PENDING), FileAction.HOLD);

      assertThat(did).isEqualTo(new BatchResult(ROWS, ROWS));
      long slice = RowBatches.SLICE;
      assertThat(heldMeanwhile).containsExactly(slice, 2 * slice, 3 * slice, (long) ROWS);
    }
  }

  @Test
  void whatAKillLeavesIsConsistentAndTheSameOrderDoesTheRest() throws Exception {
    String id;
    try (DaemonProcess process = new DaemonProcess(folder)) {
      id = process.ask("rows large " + ROWS);
      process.ask("end-in-middle");
      assertThat(process.tryAsk("all " + id + " HOLD")).as("acknowledged").isEmpty();
      process.awaitEnd();
    }
    try (DaemonProcess process = new DaemonProcess(folder)) {
      assertThat(process.ask("show " + id)).startsWith("paused large " + ROWS + " " + ROWS);
      assertThat(process.ask("all " + id + " HOLD")).isEqualTo("" + (ROWS - RowBatches.SLICE));
      assertThat(process.ask("all " + id + " RELEASE")).isEqualTo("" + ROWS);
    }
  }

  @Test
  void countsAreThoseOfTheRows() throws Exception {
    try (JobsFixture daemon = JobsFixture.in(folder)) {
      Job job = held(daemon, "large", ROWS);
      List<Long> some = LongStream.rangeClosed(3, 5000).boxed().toList();
      daemon.jobs().act(job.id(), new FileSelection.Rows(some), FileAction.HOLD);
      act(daemon, job, FileFilter.of(FileState.PENDING), FileAction.CANCEL);

      for (FileState state : List.of(FileState.PENDING, FileState.HELD, FileState.CANCELLED)) {
        long rows =
            daemon
                .database()
                .read(
                    sql ->
                        sql.number(
                            "SELECT count(*) FROM files WHERE job = ? AND state = ?",
                            job.id(),
                            state.label()));
        assertThat(daemon.count(job.id(), state)).as(state.label()).isEqualTo(rows);
        assertThat(total(daemon, job, state)).as(state.label()).isEqualTo(rows);
      }
      assertThat(daemon.count(job.id(), FileState.HELD)).isEqualTo(some.size());
    }
  }

  private static long total(JobsFixture daemon, Job job, FileState state) {
    FileFilter which = FileFilter.of(state);
    return daemon
        .jobs()
        .files(job.id(), which, FileOrder.ROW, Optional.empty(), 10)
        .orElseThrow()
        .total();
  }

  @Test
  void manyMovedRowsKeepTheirOrder() throws Exception {
    try (JobsFixture daemon = JobsFixture.in(folder)) {
      Job job = held(daemon, "large", ROWS);
      List<Long> end = LongStream.rangeClosed(1000, ROWS).boxed().toList();
      daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(9L)), FileAction.HOLD);
      daemon.jobs().act(job.id(), new FileSelection.Rows(end), FileAction.FIRST);
      daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(5L, 2L)), FileAction.FIRST);
      daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(1L, 9L)), FileAction.LAST);

      List<Long> wanted = new ArrayList<>(List.of(2L, 5L));
      wanted.addAll(end);
      LongStream.range(3, 1000).filter(row -> row != 5 && row != 9).forEach(wanted::add);
      wanted.addAll(List.of(1L, 9L));
      assertThat(order(daemon, job)).isEqualTo(wanted);
    }
  }

  private static List<Long> order(JobsFixture daemon, Job job) {
    return daemon
        .database()
        .read(
            sql ->
                sql.list(
                    "SELECT row_no FROM files WHERE job = ? ORDER BY pos, row_no",
                    row -> row.getLong(1),
                    job.id()));
  }

  @Test
  void aJumpIntoTheListByNameShowsAddedRowsToo() throws Exception {
    try (JobsFixture daemon = JobsFixture.in(folder)) {
      Job job = held(daemon, "names", 30);
      assertThat(names(daemon, job, FileOrder.NAME, 28)).containsExactly("f8", "f9");
      assertThat(names(daemon, job, FileOrder.NAME_DESCENDING, 28)).containsExactly("f10", "f1");
      daemon.jobs().addFiles(job.id(), ManifestUpload.urls("", List.of("http://host.invalid/f95")));
      assertThat(names(daemon, job, FileOrder.NAME, 29)).containsExactly("f9", "f95");
      assertThat(names(daemon, job, FileOrder.NAME, 31)).isEmpty();
      assertThat(names(daemon, job, FileOrder.SIZE_DESCENDING, 29)).containsExactly("f2", "f1");
    }
  }

  private static List<String> names(JobsFixture daemon, Job job, FileOrder order, long at) {
    return daemon
        .jobs()
        .filesAt(job.id(), FileFilter.ALL, order, at, 10)
        .orElseThrow()
        .items()
        .stream()
        .map(JobFile::name)
        .toList();
  }
}
