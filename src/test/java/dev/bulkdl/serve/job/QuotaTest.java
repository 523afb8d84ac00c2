package dev.bulkdl.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  private long onDisk(Job job) throws IOException {
    try (Stream<Path> files = Files.walk(daemon.folderOf(job))) {
      return files
          .filter(file -> file.getFileName().toString().matches("f\\d+(\\.part)?"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void notOneByteMoreIsWritten() throws IOException {
    long quota = 1_234_567;
    daemon.quota(JobsFixture.ANNA, "{\"bytes\":" + quota + "}");
    Job job = daemon.add("x", daemon.manifest(12, 300_000));

    daemon.await(job.id(), now -> now.state() == JobState.WAITING);

    assertThat(daemon.job(job.id()).reason()).contains("quota");
    assertThat(onDisk(job)).isLessThanOrEqualTo(quota).isGreaterThan(quota - (1 << 20));

    daemon.quota(JobsFixture.ANNA, "{\"bytes\":3600000}");
    assertThat(daemon.await(job.id(), JobState.DONE).done()).isEqualTo(3_600_000);
  }

  @Test
  void twoRunsShareWhatIsLeft() throws IOException {
    long quota = 2_000_000;
    daemon.quota(JobsFixture.ANNA, "{\"bytes\":" + quota + "}");
    Job one = daemon.add("one", daemon.manifest(10, 300_000));
    Job two = daemon.add("two", daemon.manifest(10, 300_000));

    daemon.await(one.id(), now -> now.state() == JobState.WAITING);
    daemon.await(two.id(), now -> now.state() == JobState.WAITING);

    assertThat(onDisk(one) + onDisk(two)).isLessThanOrEqualTo(quota);
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
