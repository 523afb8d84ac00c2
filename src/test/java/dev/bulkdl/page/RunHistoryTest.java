package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunHistoryTest {

  private final PageSamples run = new PageSamples(new TransferListener() {});

  private static Download file(String name) {
    return Download.of(name, URI.create("http://host.example/" + name));
  }

  private RunHistory.Kept kept() {
    return run.history().kept();
  }

  @Test
  void aFileIsABarWithItsRequestsAndWaits() {
    Download file = file("a");
    run.at(Duration.ofSeconds(5));
    run.file(
        file,
        PageSamples.completed(100),
        new TransferEvent.Answered(file, file.origin(), 503, Duration.ofSeconds(1)),
        new TransferEvent.Retrying(
            file, file.origin(), 1, 10, new Failure.Reset("cut"), Duration.ofSeconds(2)));
    assertThat(kept().bars())
        .singleElement()
        .satisfies(
            bar -> {
              assertThat(bar.name()).isEqualTo("a");
              assertThat(bar.host()).isEqualTo("http://host.example:80");
              assertThat(bar.status()).isEqualTo("completed");
              assertThat(bar.bytes()).isEqualTo(100);
              assertThat(bar.start()).isBetween(1.0, 5.0);
              assertThat(bar.requests()).containsExactly(4.0);
              assertThat(bar.waits()).containsExactly(new TimelineBar.Wait(5, 2, "reset"));
            });
    assertThat(kept().slowest()).isEqualTo(kept().bars());
  }

  /** The file was already present, or was stopped before it started. */
  @Test
  void aFileWithoutConnectionIsNoBar() {
    Download file = file("a");
    run.event(new TransferEvent.FileStarted(file));
    run.event(
        new TransferEvent.FileEnded(
            file, new Outcome.Skipped(1, Proof.LENGTH, Outcome.Effort.none())));
    assertThat(kept().bars()).isEmpty();
    assertThat(kept().fetched()).isZero();
  }

  @Test
  void keepsFewOfManyAndAllThatMatter() {
    for (int i = 0; i < 100_000; i++) {
      run.file(file("f" + i), i % 1000 == 777 ? PageSamples.failed(404) : PageSamples.completed(1));
    }
    assertThat(kept().fetched()).isEqualTo(100_000);
    assertThat(kept().every()).isEqualTo(128);
    assertThat(kept().bars()).hasSizeBetween(781, 1000 + 50 + 100).doesNotHaveDuplicates();
    assertThat(kept().bars()).filteredOn(bar -> bar.status().equals("failed")).hasSize(100);
    assertThat(kept().slowest()).hasSize(50);
  }
}
