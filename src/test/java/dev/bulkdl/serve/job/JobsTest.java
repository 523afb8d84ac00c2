package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

  @TempDir Path folder;
  private JobsFixture daemon;

  @BeforeEach
  void open() throws IOException {
    daemon = JobsFixture.in(folder);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  @Test
  void aJobIsDownloadedToItsFolderBelowTheUsers() throws IOException {
    Job job = daemon.add("Monthly data", daemon.manifest(3, 1000));

    Job done = daemon.await(job.id(), JobState.DONE);

    assertThat(done.counts()).containsEntry(FileState.COMPLETED, 3L);
    assertThat(done.done()).isEqualTo(3000);
    assertThat(done.rows()).isEqualTo(3);
    assertThat(done.folder()).isEqualTo("Monthly-data");
    assertThat(Files.readAllBytes(daemon.rootOf(JobsFixture.ANNA).resolve("Monthly-data/f2")))
        .isEqualTo(new Payload(2, 1000).bytes());
    assertThat(daemon.files(job.id())).extracting(JobFile::state).containsOnly(FileState.COMPLETED);
    assertThat(daemon.jobs().artifact(job.id(), Artifact.RESULTS).map(Files::exists))
        .contains(true);
    assertThat(daemon.jobs().artifact(job.id(), Artifact.REPORT_HTML)).isPresent();
    assertThat(daemon.jobs().artifact(job.id(), Artifact.REPORT_JSON)).isPresent();
    assertThat(daemon.jobs().artifact(job.id(), Artifact.LOG)).isPresent();
    assertThat(daemon.jobs().content(job.id(), 1)).isPresent();
  }

  @Test
  void errorsOfTheManifestComeByLineAndColumnAndNothingIsStored() {
    AddResult result =
        daemon
            .jobs()
            .add(
                NewJob.of(JobsFixture.ANNA, "x", ""),
                new ManifestUpload.Text("x", "filename,url,size\na,ftp://h/a,1\nb,http://h/b,x\n"));

    assertThat(result)
        .isInstanceOfSatisfying(
            AddResult.Rejected.class,
            no -> {
              assertThat(no.errors()).extracting(RowError::line).containsExactly(2L, 3L);
              assertThat(no.errors()).extracting(RowError::column).containsExactly(2, 3);
            });
    assertThat(daemon.jobs().list(JobFilter.ALL, Optional.empty(), 10).items()).isEmpty();
    assertThat(folder.resolve("state/jobs")).isEmptyDirectory();
  }

  @Test
  void aFailureHasACodeAndANextStepAndIsFetchedAgainByRetry() {
    String manifest = daemon.manifest(2, 100);
    daemon.server.with("/f2", new Fault.Status(404));
    Job job = daemon.add("x", manifest);
    daemon.await(job.id(), JobState.DONE_WITH_FAILURES);

    JobFile failed = daemon.file(job.id(), 2);
    assertThat(failed.code()).contains("http-404");
    assertThat(failed.nextStep()).contains("gone; correct the URL");
    assertThat(daemon.jobs().failures(job.id()))
        .extracting(FailureGroup::count, FailureGroup::rows)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, List.of(2L)));
    assertThat(daemon.jobs().artifact(job.id(), Artifact.FAILED).orElseThrow())
        .content()
        .contains("f2,")
        .doesNotContain("f1,");

    daemon.jobs().act(job.id(), JobAction.RETRY);
    Job done = daemon.await(job.id(), JobState.DONE);
    assertThat(done.counts()).containsEntry(FileState.COMPLETED, 2L);
  }

  @Test
  void aPausedJobGoesOnFromItsPartialFilesAlsoAfterARestart() throws IOException {
    Gate gate = new Gate();
    String manifest = daemon.manifest(1, 2_000_000);
    daemon.server.with("/f1", new Fault.Stall(1_000_000, gate));
    Job job = daemon.add("x", manifest);
    gate.awaitArrivals(1);
    daemon.await(job.id(), now -> now.done() >= 1_000_000);
    assertThat(daemon.file(job.id(), 1).state()).isEqualTo(FileState.ACTIVE);
    assertThat(daemon.jobs().connections(job.id())).hasSize(1);

    daemon.jobs().act(job.id(), JobAction.PAUSE);
    gate.open();
    daemon.await(job.id(), JobState.PAUSED);
    daemon.restart();
    assertThat(daemon.job(job.id()).state()).isEqualTo(JobState.PAUSED);
    daemon.jobs().act(job.id(), JobAction.RESUME);
    daemon.await(job.id(), JobState.DONE);

    assertThat(daemon.server.requests("/f1").getLast().headers()).containsKey("Range");
    assertThat(daemon.folderOf(job).resolve("f1")).hasSize(2_000_000);
  }

  @Test
  void aRunningJobGoesOnAfterARestart() throws IOException {
    Gate gate = new Gate();
    String manifest = daemon.manifest(3, 50_000);
    daemon.server.with("/f2", new Fault.Stall(10, gate));
    Job job = daemon.add("x", manifest);
    gate.awaitArrivals(1);
    gate.open();
    daemon.restart();
    Job done = daemon.await(job.id(), JobState.DONE);
    assertThat(done.counts()).containsEntry(FileState.COMPLETED, 3L);
  }

  /** A killed run could not say that it had completed f2. */
  @Test
  void aFileOfAnEarlierRunIsCompletedAndOneFromBeforeIsSkipped() throws IOException {
    Gate gate = new Gate();
    String manifest = daemon.manifest(3, 50_000);
    Path files = Files.createDirectories(daemon.rootOf(JobsFixture.ANNA).resolve("x"));
    Files.write(files.resolve("f1"), new Payload(1, 50_000).bytes());
    Files.write(files.resolve("f3"), new Payload(3, 50_000).bytes());
    daemon.server.with("/f2", new Fault.Stall(10, gate));
    Job job = daemon.add("x", manifest);
    daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(3L)), FileAction.HOLD);
    gate.awaitArrivals(1);
    daemon.jobs().act(job.id(), JobAction.PAUSE);
    gate.open();
    daemon.await(job.id(), JobState.PAUSED);
    Files.write(files.resolve("f2"), new Payload(2, 50_000).bytes());
    daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(3L)), FileAction.RELEASE);
    daemon.jobs().act(job.id(), JobAction.RESUME);
    daemon.await(job.id(), JobState.DONE);

    assertThat(daemon.files(job.id()))
        .extracting(JobFile::state)
        .containsExactly(FileState.SKIPPED, FileState.COMPLETED, FileState.SKIPPED);
  }

  @Test
  void aCancelledJobStaysCancelled() throws IOException {
    Gate gate = new Gate();
    String manifest = daemon.manifest(3, 50_000);
    daemon.server.always("/f2", new Fault.Stall(10, gate));
    Job job = daemon.add("x", manifest);
    gate.awaitArrivals(1);
    daemon.jobs().act(job.id(), JobAction.CANCEL);
    gate.open();
    daemon.restart();
    Job after = daemon.job(job.id());
    assertThat(after.state()).isEqualTo(JobState.CANCELLED);
    assertThat(after.counts()).containsEntry(FileState.PENDING, 0L);
    assertThat(daemon.files(job.id(), FileFilter.of(FileState.CANCELLED)))
        .extracting(JobFile::row)
        .contains(2L);
    assertThat(daemon.jobs().act(job.id(), JobAction.RESUME).orElseThrow().state())
        .isEqualTo(JobState.CANCELLED);
  }

  @Test
  void heldRowsWaitAndGoOnWhenTheyAreReleased() {
    Gate gate = new Gate();
    String manifest = daemon.manifest(2, 50_000);
    daemon.server.with("/f2", new Fault.Stall(10, gate));
    Job job = daemon.add("x", manifest);
    gate.awaitArrivals(1);

    BatchResult held =
        daemon
            .jobs()
            .act(job.id(), new FileSelection.Rows(List.of(2L)), FileAction.HOLD)
            .orElseThrow();
    gate.open();
    assertThat(held).isEqualTo(new BatchResult(1, 1));
    Job paused = daemon.await(job.id(), JobState.PAUSED);
    assertThat(paused.reason()).contains("held");
    assertThat(daemon.file(job.id(), 2).state()).isEqualTo(FileState.HELD);

    FileSelection all = new FileSelection.Matching(FileFilter.of(FileState.HELD));
    daemon.jobs().act(job.id(), all, FileAction.RELEASE);
    assertThat(daemon.await(job.id(), JobState.DONE).counts())
        .containsEntry(FileState.COMPLETED, 2L);
  }

  @Test
  void rowsAddedToAJobAreFetchedToo() {
    Job job = daemon.add("x", daemon.manifest(1, 10));
    daemon.await(job.id(), JobState.DONE);
    daemon.server.serve("/more", new Payload(9, 20));
    daemon
        .jobs()
        .addFiles(
            job.id(), ManifestUpload.urls("", List.of(daemon.server.uri("/more").toString())));
    Job done = daemon.await(job.id(), now -> now.state() == JobState.DONE && now.rows() == 2);
    assertThat(done.counts()).containsEntry(FileState.COMPLETED, 2L);
    assertThat(daemon.folderOf(job).resolve("more")).hasSize(20);
    assertThat(
            daemon
                .jobs()
                .addFiles(
                    job.id(),
                    ManifestUpload.urls("", List.of(daemon.server.uri("/more").toString()))))
        .get()
        .isInstanceOf(AddResult.Rejected.class);
  }

  @Test
  void aDeletedJobTakesItsFilesAlongIfAsked() throws IOException {
    Job kept = daemon.add("kept", daemon.manifest(2, 10));
    daemon.await(kept.id(), JobState.DONE);
    Job gone = daemon.add("gone", daemon.manifest(2, 10));
    daemon.await(gone.id(), JobState.DONE);

    assertThat(daemon.jobs().delete(kept.id(), Deletion.KEEP)).isTrue();
    assertThat(daemon.jobs().delete(gone.id(), Deletion.ALL)).isTrue();
    assertThat(daemon.jobs().find(gone.id())).isEmpty();

    dev.bulkdl.testkit.Polling.await(
        "rows",
        () -> daemon.database().read(sql -> sql.number("SELECT count(*) FROM jobs")),
        n -> n == 0);
    assertThat(daemon.folderOf(kept).resolve("f1")).exists();
    assertThat(daemon.folderOf(gone)).doesNotExist();
    assertThat(folder.resolve("state/jobs")).isEmptyDirectory();
    assertThat(daemon.jobs().used(JobsFixture.ANNA)).isEqualTo(new Usage(20, 20, 2));
  }

  @Test
  void noFolderLeadsOutOfTheUsers() throws IOException {
    Files.createSymbolicLink(daemon.rootOf(JobsFixture.ANNA).resolve("link"), folder);
    String manifest = daemon.manifest(1, 1);
    for (String name :
        List.of(
            "../x",
            "/etc",
            "a/../../x",
            "..././x",
            "%2e%2e/x",
            "a\\..\\x",
            "link",
            "link/x",
            "nul",
            "c:x",
            "x\0y",
            ".bulkdl",
            "a/.bulkdl/b",
            "link/state")) {
      assertThatThrownBy(
              () ->
                  daemon
                      .jobs()
                      .add(
                          NewJob.of(JobsFixture.ANNA, "x", name),
                          new ManifestUpload.Text("x", manifest)))
          .as(name)
          .isInstanceOfSatisfying(
              InvalidJobException.class, e -> assertThat(e.field()).isEqualTo("folder"));
    }
    assertThat(daemon.jobs().list(JobFilter.ALL, Optional.empty(), 10).items()).isEmpty();
  }
}
