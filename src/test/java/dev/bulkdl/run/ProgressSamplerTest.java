package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressSamplerTest {

  private final RunControl control = new RunControl();
  private final BlockingQueue<RunProgress> shown = new LinkedBlockingQueue<>();

  /** The clock may well overflow. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

  private ProgressSampler sampler(long files, long knownBytes) {
    TransferListener listener =
        new TransferListener() {
          @Override
          public void onProgress(RunProgress progress) {
            shown.add(progress);
          }
        };
    Ticker ticker = now::get;
    return new ProgressSampler(control, listener, ticker, files, knownBytes);
  }

  private static Download download(OptionalLong size) {
    URI source = URI.create("http://h/a");
    return new Download(2, TargetName.of("a"), source, size, List.of(), Map.of());
  }

  private RunProgress lastOf(ProgressSampler sampler) {
    sampler.close();
    return shown.stream().reduce((first, second) -> second).orElseThrow();
  }

  @Test
  void countsFilesByTheirOutcome() {
    ProgressSampler sampler = sampler(9, 0);
    for (Outcome outcome :
        List.of(
            new Outcome.Completed(1, Proof.ETAG, Effort.none()),
            new Outcome.Skipped(1, Proof.LENGTH, Effort.none()),
            new Outcome.Skipped(1, Proof.LENGTH, Effort.none()),
            new Outcome.Failed(new Failure.Name("bad"), Effort.none()),
            new Outcome.Cancelled(Effort.none()))) {
      sampler.end(sampler.begin(download(OptionalLong.empty())), outcome);
    }
    sampler.countRejected();
    RunProgress last = lastOf(sampler);
    assertThat(last.files()).isEqualTo(9);
    assertThat(last.completed()).isEqualTo(1);
    assertThat(last.skipped()).isEqualTo(2);
    assertThat(last.failed()).isEqualTo(2);
    assertThat(last.cancelled()).isEqualTo(1);
    assertThat(last.ended()).isEqualTo(6);
  }

  @Test
  void expectsTheSizesOfFilesToComeAndWhatIsMissingOfThoseThatBegan() {
    ProgressSampler sampler = sampler(3, 600);
    FileProgress known = sampler.begin(download(OptionalLong.of(100)));
    known.add(30);
    FileProgress told = sampler.begin(download(OptionalLong.empty()));
    told.setTotal(50);
    RunProgress last = lastOf(sampler);
    assertThat(last.received()).isEqualTo(30);
    assertThat(last.expected()).isEqualTo(500 + 70 + 50);
  }

  @Test
  void showsTheFilesThatHaveAConnection() {
    ProgressSampler sampler = sampler(2, 0);
    sampler.begin(download(OptionalLong.of(1)));
    FileProgress fetched = sampler.begin(download(OptionalLong.of(200)));
    fetched.connectionOpened();
    fetched.add(50);
    RunProgress last = lastOf(sampler);
    assertThat(last.active()).hasSize(1);
    assertThat(last.active().getFirst().percent()).isEqualTo(25);
  }

  @Test
  void showsPausesAndTheTimeSinceItsStart() {
    ProgressSampler sampler = sampler(-1, 0);
    control.pause();
    now.addAndGet(Duration.ofHours(1).toNanos());
    RunProgress last = lastOf(sampler);
    assertThat(last.paused()).isTrue();
    assertThat(last.elapsed()).isEqualTo(Duration.ofHours(1));
    assertThat(last.files()).isEqualTo(-1);
  }

  @Test
  void showsTheRunAgainAndAgainAndNothingAfterItsEnd() throws InterruptedException {
    ProgressSampler sampler = sampler(1, 0);
    assertThat(shown.take().ended()).isZero();
    assertThat(shown.take().ended()).isZero();
    sampler.countRejected();
    assertThat(lastOf(sampler).ended()).isEqualTo(1);
    int count = shown.size();
    sampler.close();
    assertThat(shown).hasSize(count + 1); // closing shows the last state, nobody else does
  }
}
