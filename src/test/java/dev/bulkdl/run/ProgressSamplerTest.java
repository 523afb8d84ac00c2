package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.ResourceSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressSamplerTest {

  private static final ResourceSnapshot SUPPLY =
      new ResourceSnapshot(
          3,
          16,
          OptionalLong.of(1 << 30),
          List.of(
              new RunProgress.HostSnapshot(
                  Origin.of(URI.create("http://h/a")), 1, 16, "fixed", 5, 0, Optional.empty())));

  private final RunControl control = new RunControl(new Permits(Limits.FIXED));
  private final BlockingQueue<RunProgress> shown = new LinkedBlockingQueue<>();

  /** The clock starts shortly before an overflow. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

  private RunCounters counters(long files) {
    return counters(files, 0, 0);
  }

  private RunCounters counters(long files, long sized, long knownBytes) {
    Ticker ticker = now::get;
    return new RunCounters(ticker, files, sized, knownBytes);
  }

  private ProgressSampler sampler(RunCounters counters) {
    return new ProgressSampler(() -> counters.now(control, SUPPLY), shown::add, true);
  }

  private static Download download(OptionalLong size) {
    URI source = URI.create("http://h/a");
    return new Download(2, TargetName.of("a"), source, size, List.of(), Map.of());
  }

  private RunProgress lastOf(RunCounters counters) {
    return lastOf(sampler(counters));
  }

  private RunProgress lastOf(ProgressSampler sampler) {
    sampler.close();
    return shown.stream().reduce((first, second) -> second).orElseThrow();
  }

  @Test
  void countsFilesByTheirOutcome() {
    RunCounters counters = counters(9);
    for (Outcome outcome :
        List.of(
            new Outcome.Completed(1, Proof.ETAG, Effort.none()),
            new Outcome.Skipped(1, Proof.LENGTH, Effort.none()),
            new Outcome.Skipped(1, Proof.LENGTH, Effort.none()),
            new Outcome.Failed(new Failure.Name("bad"), Effort.none()),
            new Outcome.Cancelled(Effort.none()))) {
      counters.end(counters.begin(download(OptionalLong.empty())), outcome);
    }
    counters.countRejected();
    RunProgress last = lastOf(counters);
    assertThat(last.files()).isEqualTo(9);
    assertThat(last.completed()).isEqualTo(1);
    assertThat(last.skipped()).isEqualTo(2);
    assertThat(last.failed()).isEqualTo(2);
    assertThat(last.cancelled()).isEqualTo(1);
    assertThat(last.ended()).isEqualTo(6);
  }

  @Test
  void expectsTheSizesOfFilesToComeAndWhatIsMissingOfThoseThatBegan() {
    RunCounters counters = counters(3, 2, 600);
    FileProgress known = counters.begin(download(OptionalLong.of(100)));
    known.add(30);
    FileProgress told = counters.begin(download(OptionalLong.empty()));
    told.setTotal(50);
    RunProgress last = lastOf(counters);
    assertThat(last.received()).isEqualTo(30);
    assertThat(last.expected()).isEqualTo(500 + 70 + 50);
    assertUnsized(last, 0, 650 / 3);
  }

  private static void assertUnsized(RunProgress shown, long files, long mean) {
    assertThat(shown.unsized()).isEqualTo(files);
    assertThat(shown.meanLength()).hasValue(mean);
  }

  @Test
  void countsTheFilesOfUnknownLengthUntilTheServerOrTheEndTellsIt() {
    RunCounters counters = counters(4, 1, 100);
    assertUnsized(lastOf(counters), 3, 100);
    FileProgress told = counters.begin(download(OptionalLong.empty()));
    assertThat(lastOf(counters).unsized()).isEqualTo(3);
    told.setTotal(300);
    assertUnsized(lastOf(counters), 2, 200);
    counters.end(told, new Outcome.Completed(300, Proof.ETAG, Effort.none()));
    assertUnsized(lastOf(counters), 2, 200);
    FileProgress failed = counters.begin(download(OptionalLong.empty()));
    counters.end(failed, new Outcome.Failed(new Failure.Name("bad"), Effort.none()));
    assertThat(lastOf(counters).unsized()).isEqualTo(1);
    counters.requeue(failed.download());
    assertThat(lastOf(counters).unsized()).isEqualTo(2);
  }

  @Test
  void saysThatTheRunIsStopped() {
    control.stop();
    assertThat(lastOf(counters(1)).stopped()).isTrue();
  }

  @Test
  void showsTheFilesThatHaveAConnection() {
    RunCounters counters = counters(2);
    counters.begin(download(OptionalLong.of(1)));
    FileProgress fetched = counters.begin(download(OptionalLong.of(200)));
    fetched.connectionOpened();
    fetched.add(50);
    RunProgress last = lastOf(counters);
    assertThat(last.active()).hasSize(1);
    assertThat(last.active().getFirst().percent()).isEqualTo(25);
  }

  @Test
  void showsWhatNetworkAndDiskHaveForIt() {
    RunProgress last = lastOf(counters(3));
    assertThat(last.connections()).isEqualTo(SUPPLY.hosts().getFirst().connections());
    assertThat(last.retries()).isEqualTo(SUPPLY.retries());
    assertThat(last.allowed()).isEqualTo(SUPPLY.allowed());
    assertThat(last.freeSpace()).isEqualTo(SUPPLY.freeSpace());
    assertThat(last.hosts()).isEqualTo(SUPPLY.hosts());
  }

  @Test
  void showsPausesAndTheTimeSinceItsStart() {
    RunCounters counters = counters(-1, 0, 0);
    control.pause();
    now.addAndGet(Duration.ofHours(1).toNanos());
    RunProgress last = lastOf(counters);
    assertThat(last.paused()).isTrue();
    assertThat(last.elapsed()).isEqualTo(Duration.ofHours(1));
    assertThat(last.files()).isEqualTo(-1);
  }

  @Test
  void showsTheRunAgainAndAgainAndNothingAfterItsEnd() throws InterruptedException {
    RunCounters counters = counters(1);
    ProgressSampler sampler = sampler(counters);
    assertThat(shown.take().ended()).isZero();
    assertThat(shown.take().ended()).isZero();
    counters.countRejected();
    assertThat(lastOf(sampler).ended()).isEqualTo(1);
    int count = shown.size();
    sampler.close();
    assertThat(shown).hasSize(count + 1); // only close() shows the last state
  }
}
