package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a second run asks the server about a file that is there, and what leaves the server. */
class ExistingFileTest extends EngineFixture {
  private static final Payload EMPTY = new Payload(1, 0);
  private static final Fault BAD_RANGE = new Fault.Status(400);

  private void put(Payload content) {
    try {
      Files.createDirectories(out);
      content.writeTo(out.resolve("a"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertSkipped(Payload content) {
    assertThat(download(a()))
        .isEqualTo(new Outcome.Skipped(content.size(), Proof.LENGTH, Outcome.Effort.none()));
  }

  @Test
  void oneHeadIsEnoughWhereItAgrees() {
    put(PAYLOAD);
    assertSkipped(PAYLOAD);
    assertThat(allAsked()).hasSize(1).allMatch(SeenRequest::isHead);
  }

  /** A GET would make the server send all of it before it notices that nobody reads. */
  @Test
  void noContentLeavesAServerWithoutRanges() {
    Payload large = new Payload(3, 16 << 20);
    server.serve("/a", large).always("/a", new Fault.NoRanges());
    put(large);
    assertSkipped(large);
    assertThat(server.bytesServed()).isZero();
  }

  @Test
  void noContentLeavesAServerThatSaysThatItHasNoRangesThoughTheSizeDiffers() {
    Payload large = new Payload(3, 16 << 20);
    server.serve("/a", large).always("/a", new Fault.NoRanges());
    put(PAYLOAD);
    assertThat(failed(download(a()))).isInstanceOf(Failure.Exists.class);
    assertThat(server.bytesServed()).isZero();
  }

  @Test
  void aRefusalOfHeadIsMadeUpForByOneByte() {
    server.always("/a", new Fault.HeadNotAllowed());
    put(PAYLOAD);
    assertSkipped(PAYLOAD);
    assertThat(server.bytesServed()).isEqualTo(1);
  }

  /** Each status that servers were seen to refuse HEAD with. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 500, 501})
  void noStatusOfHeadDecidesAlone(int status) {
    server.always("/a", SeenRequest::isHead, new Fault.Status(status));
    put(PAYLOAD);
    assertSkipped(PAYLOAD);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, Long.MAX_VALUE})
  void aWrongHeadDecidesNothing(long lie) {
    server.always("/a", new Fault.HeadLies(lie));
    put(PAYLOAD);
    assertSkipped(PAYLOAD);
  }

  /** Many servers say 0 to every HEAD. */
  @Test
  void anEmptyFileIsNotThereBecauseHeadSaysZero() {
    server.always("/a", new Fault.HeadLies(0));
    put(EMPTY);
    assertThat(failed(download(a()))).isInstanceOf(Failure.Exists.class);
  }

  /** Some servers call a range of an empty file a bad request. */
  @Test
  void anEmptyFileIsAskedForWithoutARange() {
    server.serve("/a", EMPTY).always("/a", SeenRequest::isRanged, BAD_RANGE);
    put(EMPTY);
    assertSkipped(EMPTY);
    assertThat(allAsked()).noneMatch(SeenRequest::isRanged);
  }

  @Test
  void aFileThatIsEmptyOnTheServerNowIsFoundOut() {
    server.serve("/a", EMPTY).always("/a", SeenRequest::isRanged, BAD_RANGE);
    put(PAYLOAD);
    assertThat(failed(download(a())).text()).contains("0 are expected");
  }

  @Test
  void theConnectionServesAgainAfterHead() {
    put(PAYLOAD);
    disk(EngineFixture::overwriting);
    server.serve("/a", new Payload(2, 100));
    completed(download(a()));
    assertThat(allAsked()).extracting(SeenRequest::method).containsExactly("HEAD", "GET", "GET");
    assertThat(allAsked()).extracting(SeenRequest::connection).containsOnly(1);
  }

  /** The byte that is asked for to learn the length can arrive after the headers. */
  @Test
  void theConnectionServesAgainAfterOneByteThatIsLate() {
    Gate late = new Gate();
    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, Background.THREADS)
        .execute(
            () -> {
              late.awaitArrivals(1);
              late.open();
            });
    put(PAYLOAD);
    disk(EngineFixture::overwriting);
    server.serve("/a", new Payload(2, 100));
    server.always("/a", SeenRequest::isRanged, new Fault.Stall(0, late));
    completed(download(a()));
    assertThat(allAsked()).extracting(SeenRequest::method).containsExactly("HEAD", "GET", "GET");
    assertThat(allAsked()).extracting(SeenRequest::connection).containsOnly(1);
  }

  @Test
  void headHasTheHeadersOfEachOrigin() {
    put(PAYLOAD);
    headers(List.of(Map.entry("X-Mine", "1")));
    assertSkipped(PAYLOAD);
    assertThat(allAsked().getFirst().header("X-Mine")).isEqualTo(Optional.of("1"));
  }
}
