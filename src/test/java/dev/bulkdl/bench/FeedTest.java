package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {

  private static final Outcome DONE = new Outcome.Completed(1, Proof.LENGTH, Effort.none());

  @TempDir private Path folder;
  private final Cancellation cancellation = new Cancellation();

  private Feed feed(int inFlight, String... names) {
    List<Download> rows =
        List.of(names).stream()
            .map(name -> Download.of(name, URI.create("http://host.example/" + name)))
            .toList();
    return new Feed(rows, inFlight, folder, cancellation);
  }

  private static Download next(Feed feed) {
    assertThat(feed.hasNext()).isTrue();
    return feed.next().download();
  }

  private static Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, Effort.none());
  }

  @Test
  void givesTheRowsAgainAndAgainUnderNamesOfTheirOwn() {
    Feed feed = feed(5, "a", "b");
    List<Download> given = List.of(next(feed), next(feed), next(feed));
    assertThat(given).extracting(file -> file.target().value()).containsExactly("0", "1", "2");
    assertThat(given).extracting(file -> file.source().getPath()).containsExactly("/a", "/b", "/a");
  }

  @Test
  void theNextFileWaitsForTheEndOfAnotherAndACompleteOneIsDeleted() throws IOException {
    Feed feed = feed(1, "a");
    Download first = next(feed);
    Path file = Files.writeString(folder.resolve(first.target().value()), "x");
    CompletableFuture<Download> second = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> second.complete(next(feed)));
    feed.onEvent(new FileEnded(first, DONE));
    assertThat(second.join().target().value()).isEqualTo("1");
    assertThat(file).doesNotExist();
  }

  @Test
  void nothingIsGivenBeyondWhatMayBeInFlightUntilItIsStopped() {
    Feed feed = feed(1, "a");
    next(feed);
    cancellation.cancel();
    assertThat(feed.hasNext()).isFalse();
  }

  @Test
  void aRowThatFailsForGoodIsLeftOutAndOneThatMaySucceedIsNot() {
    Feed feed = feed(2, "a", "b");
    Download a = next(feed);
    Download b = next(feed);
    feed.onEvent(new FileEnded(a, failed(new Failure.Tls("x"))));
    feed.onEvent(new FileEnded(b, failed(new Failure.Reset("x"))));
    Download again = next(feed);
    assertThat(again.source().getPath()).isEqualTo("/b");
    feed.onEvent(new FileEnded(again, failed(new Failure.Tls("x"))));
    assertThat(feed.hasNext()).isFalse();
  }
}
