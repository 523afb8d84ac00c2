package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueTest {

  @TempDir Path folder;
  private JobsFixture daemon;

  @BeforeEach
  void open() throws IOException {
    daemon = JobsFixture.in(folder, settings -> settings.withMostJobs(1));
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  private Job held(String user, String name) {
    NewJob job = new NewJob(user, name, "", "", 0, JobLimits.NONE, JobSchedule.NONE, true);
    return daemon.add(job, daemon.manifest(1, 10));
  }

  private List<String> names(JobFilter filter) {
    List<String> names = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Job> page = daemon.jobs().list(filter, cursor, 3);
      page.items().forEach(job -> names.add(job.name()));
      cursor = page.next();
    } while (cursor.isPresent());
    return names;
  }

  @Test
  void anotherJobWaitsForItsTurnAndSaysSo() {
    Gate gate = new Gate();
    String manifest = daemon.manifest(1, 10_000);
    daemon.server.with("/f1", new Fault.Stall(10, gate));
    Job first = daemon.add("first", manifest);
    gate.awaitArrivals(1);
    Job second = daemon.add("second", manifest);
    Job waiting = daemon.await(second.id(), job -> job.reason().isPresent());
    assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
    assertThat(waiting.reason()).contains("turn");
    assertThat(waiting.position()).isEqualTo(2);
    gate.open();
    daemon.await(first.id(), JobState.DONE);
    daemon.await(second.id(), JobState.DONE);
  }

  @Test
  void randomMovesKeepTheOrderOfAList() {
    List<String> model = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      jobs.add(held(JobsFixture.ANNA, "j" + i));
      model.add("j" + i);
    }
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      Job job = jobs.get(random.nextInt(jobs.size()));
      Job other = jobs.get(random.nextInt(jobs.size()));
      if (job.id().equals(other.id())) {
        continue;
      }
      model.remove(job.name());
      switch (random.nextInt(4)) {
        case 0 -> {
          daemon.jobs().move(job.id(), new Move.Top());
          model.addFirst(job.name());
        }
        case 1 -> {
          daemon.jobs().move(job.id(), new Move.Bottom());
          model.addLast(job.name());
        }
        case 2 -> {
          daemon.jobs().move(job.id(), new Move.Before(other.id()));
          model.add(model.indexOf(other.name()), job.name());
        }
        default -> {
          daemon.jobs().move(job.id(), new Move.After(other.id()));
          model.add(model.indexOf(other.name()) + 1, job.name());
        }
      }
      assertThat(names(JobFilter.ALL)).isEqualTo(model);
    }
  }

  @Test
  void listsAreOfOneUserIfAskedAndAHigherPriorityIsFirst() {
    held(JobsFixture.ANNA, "a1");
    Job urgent = held(JobsFixture.ANNA, "a2");
    held(JobsFixture.BEN, "b1");
    JobChange change =
        new JobChange(
            Optional.empty(),
            Optional.of("100 % sure"),
            OptionalInt.of(5),
            Optional.empty(),
            Optional.empty());
    daemon.jobs().change(urgent.id(), change);
    assertThat(names(JobFilter.ofOwner(JobsFixture.ANNA))).containsExactly("a2", "a1");
    assertThat(names(JobFilter.ofOwner(JobsFixture.BEN))).containsExactly("b1");
    assertThat(names(new JobFilter(Optional.empty(), Set.of(), "0 % S"))).containsExactly("a2");
    assertThatThrownBy(() -> daemon.jobs().list(JobFilter.ALL, Optional.of("x"), 3))
        .isInstanceOf(InvalidJobException.class);
  }

  @Test
  void pagesOfRowsJoinWithoutGapOrRepetitionInEachOrder() {
    Job job =
        daemon.add(
            new NewJob(JobsFixture.ANNA, "x", "", "", 0, JobLimits.NONE, JobSchedule.NONE, true),
            """
            filename,url,size
            c,http://one.invalid/1,5
            a,http://two.invalid/2,
            b,http://one.invalid/3,5
            e,http://one.invalid/4,1
            d,http://two.invalid/5,9
            """);
    assertThat(rows(job, FileFilter.ALL, FileOrder.ROW)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(rows(job, FileFilter.ALL, FileOrder.ROW_DESCENDING))
        .containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(rows(job, FileFilter.ALL, FileOrder.NAME)).containsExactly(2L, 3L, 1L, 5L, 4L);
    assertThat(rows(job, FileFilter.ALL, FileOrder.SIZE)).containsExactly(2L, 4L, 1L, 3L, 5L);
    assertThat(rows(job, FileFilter.ALL, FileOrder.SIZE_DESCENDING))
        .containsExactly(5L, 3L, 1L, 4L, 2L);
    FileFilter host = new FileFilter(Optional.empty(), Optional.of("two.invalid"), "");
    assertThat(rows(job, host, FileOrder.ROW)).containsExactly(2L, 5L);
    FileSelection some = new FileSelection.Rows(List.of(1L, 5L));
    daemon.jobs().act(job.id(), some, FileAction.HOLD);
    assertThat(rows(job, FileFilter.of(FileState.HELD), FileOrder.ROW)).containsExactly(1L, 5L);
    assertThat(daemon.jobs().filesAt(job.id(), FileFilter.ALL, FileOrder.ROW, 3, 10))
        .hasValueSatisfying(
            page -> assertThat(page.items()).extracting(JobFile::row).containsExactly(4L, 5L));
  }

  private List<Long> rows(Job job, FileFilter filter, FileOrder order) {
    List<Long> rows = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<JobFile> page = daemon.jobs().files(job.id(), filter, order, cursor, 2).orElseThrow();
      page.items().forEach(file -> rows.add(file.row()));
      cursor = page.next();
    } while (cursor.isPresent());
    return rows;
  }

  @Test
  void rowsThatAreMovedToTheFrontAreFetchedFirst() {
    Job job =
        daemon.add(
            new NewJob(
                JobsFixture.ANNA,
                "x",
                "",
                "",
                0,
                new JobLimits(
                    OptionalInt.of(1),
                    OptionalInt.of(1),
                    OptionalInt.of(1),
                    OptionalInt.of(1),
                    Optional.empty()),
                JobSchedule.NONE,
                true),
            daemon.manifest(4, 10));
    FileSelection two = new FileSelection.Rows(List.of(3L, 4L));
    daemon.jobs().act(job.id(), two, FileAction.FIRST);
    daemon.jobs().act(job.id(), new FileSelection.Rows(List.of(1L)), FileAction.LAST);
    daemon.jobs().act(job.id(), JobAction.START);
    daemon.await(job.id(), JobState.DONE);
    assertThat(daemon.server.requests().stream().map(seen -> seen.path()).distinct())
        .containsExactly("/f3", "/f4", "/f2", "/f1");
  }
}
