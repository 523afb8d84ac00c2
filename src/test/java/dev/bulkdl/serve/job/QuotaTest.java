package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {

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

  private static String sized(int rows, long bytes) {
    StringBuilder text = new StringBuilder("filename,url,size\n");
    for (int i = 0; i < rows; i++) {
      text.append("f%d,http://host.invalid/%d,%d\n".formatted(i, i, bytes));
    }
    return text.toString();
  }

  private AddResult held(String manifest) {
    NewJob job =
        new NewJob(JobsFixture.ANNA, "x", "", "", 0, JobLimits.NONE, JobSchedule.NONE, true);
    return daemon.jobs().add(job, new ManifestUpload.Text("x", manifest));
  }

  @Test
  void aJobThatDoesNotFitIsRefusedAndLeavesNothing() {
    daemon.quota(JobsFixture.ANNA, "{\"bytes\":1000,\"files\":3}");
    assertThat(held(sized(2, 400))).isInstanceOf(AddResult.Added.class);
    assertThatThrownBy(() -> held(sized(1, 201)))
        .isInstanceOfSatisfying(
            InvalidJobException.class, e -> assertThat(e.field()).isEqualTo("quota"))
        .hasMessageContaining("1 more than your quota leaves");
    assertThatThrownBy(() -> held(sized(2, 1))).isInstanceOf(InvalidJobException.class);
    assertThat(held(sized(1, 200))).isInstanceOf(AddResult.Added.class);
    assertThat(daemon.jobs().list(JobFilter.ALL, Optional.empty(), 10).total()).isEqualTo(2);
  }

  @Test
  void manyOrdersAtOnceDoNotExceedIt() throws InterruptedException {
    daemon.quota(JobsFixture.ANNA, "{\"bytes\":10000}");
    AtomicInteger added = new AtomicInteger();
    var threads =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                held(sized(1, 1000));
                                added.incrementAndGet();
                              } catch (InvalidJobException e) {
                                // it does not fit any more
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(added).hasValue(10);
    assertThat(daemon.jobs().used(JobsFixture.ANNA).expected()).isEqualTo(10_000);
  }

  @Test
  void aFileOfUnknownSizeIsStoppedWhileItIsWritten() {
    Gate gate = new Gate();
    daemon.quota(JobsFixture.ANNA, "{\"bytes\":500000}");
    daemon.server.serve("/big", new Payload(1, 5_000_000));
    daemon.server.with("/big", new Fault.Stall(1_000_000, gate));
    Job job = daemon.add("x", "filename,url\nbig," + daemon.server.uri("/big") + "\n");

    Job waiting = daemon.await(job.id(), JobState.WAITING);
    gate.open();

    assertThat(waiting.reason()).contains("quota");
    assertThat(waiting.hint()).isPresent();
    assertThat(daemon.server.requests("/big")).hasSize(1);

    daemon.quota(JobsFixture.ANNA, "{\"bytes\":6000000}");
    assertThat(daemon.await(job.id(), JobState.DONE).done()).isEqualTo(5_000_000);
  }
}
