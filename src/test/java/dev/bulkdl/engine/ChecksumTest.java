package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes of the manifest are the strongest proof, and a wrong one leaves nothing behind. */
class ChecksumTest extends EngineFixture {
  private static final Payload OTHER = new Payload(2, PAYLOAD.size());

  private static Checksum checksum(Algorithm algorithm, Payload payload) {
    return new Checksum(algorithm, payload.hash(algorithm.standardName()));
  }

  private Download hashed(Payload payload, Algorithm... algorithms) {
    return a().withChecksums(Stream.of(algorithms).map(each -> checksum(each, payload)).toList());
  }

  static Stream<Arguments> algorithms() {
    return Stream.of(Algorithm.values())
        .flatMap(each -> Stream.of(Shape.values()).map(shape -> arguments(each, shape)));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void everyAlgorithmProves(Algorithm algorithm, Shape shape) {
    Download file = hashed(PAYLOAD, algorithm);
    prepare(shape, file);
    completed(download(file), PAYLOAD, algorithm.proof());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void allHaveToHoldAndTheStrongestIsNamed(Shape shape) {
    Download all = hashed(PAYLOAD, Algorithm.values());
    prepare(shape, all);
    completed(download(all), PAYLOAD, Proof.SHA512);
    Download oneIsWrong =
        at(a(), server.uri("/a"))
            .withChecksums(
                List.of(checksum(Algorithm.SHA256, PAYLOAD), checksum(Algorithm.CRC32C, OTHER)));
    assertThat(out.resolve("a").toFile().delete()).isTrue();
    assertThat(failed(download(oneIsWrong))).isInstanceOf(Failure.Checksum.class);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aWrongHashIsTriedOnceMoreFromZeroAndLeavesNothing(Shape shape) {
    Download file = hashed(OTHER, Algorithm.SHA256);
    prepare(shape, file);
    Outcome outcome = download(file);
    assertThat(failed(outcome)).isInstanceOf(Failure.Checksum.class);
    assertThat(failed(outcome).text()).contains(OTHER.sha256()).contains(PAYLOAD.sha256());
    assertThat(outcome.effort().downloaded()).isZero();
    assertThat(outcome.effort().discarded()).isEqualTo(2 * PAYLOAD.size());
    assertThat(watch.seen(TransferEvent.Restarted.class)).hasSize(1);
    assertThat(asked().stream().filter(request -> request.start() == 0))
        .hasSize(shape.resumed ? 1 : 2);
    assertThat(Trees.names(out)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aHashThatHoldsTheSecondTimeIsGoodEnough(Shape shape) {
    Download file = hashed(PAYLOAD, Algorithm.MD5);
    server.serve("/a", OTHER);
    prepare(shape, file);
    server.with("/a", request -> request.start() == 0, shape.resumed ? back() : Fault.NONE, back());
    Outcome.Completed outcome = completed(download(file), PAYLOAD, Proof.MD5);
    assertThat(outcome.effort().discarded()).isEqualTo(PAYLOAD.size());
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(watch.seen(TransferEvent.Restarted.class)).hasSize(1);
  }

  private static Fault back() {
    return new Fault.ChangedTo(PAYLOAD);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aPartThatWasSpoiltIsFoundOut(Shape shape) throws IOException {
    Download file = hashed(PAYLOAD, Algorithm.SHA1);
    prepare(shape, file);
    try (FileChannel part = FileChannel.open(part(file), StandardOpenOption.WRITE)) {
      part.write(ByteBuffer.wrap(OTHER.bytes(100, 110)), 100);
    }
    completed(download(file), PAYLOAD, Proof.SHA1);
    assertThat(watch.seen(TransferEvent.Restarted.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aSizeThatDisagreesFailsAtOnceAndNothingIsFetched(Shape shape) {
    prepare(shape);
    Failure failure = failed(download(sized(a(), PAYLOAD.size() + 1)));
    assertThat(failure).isInstanceOf(Failure.Changed.class);
    assertThat(failure.text())
        .contains(Long.toString(PAYLOAD.size()))
        .contains(Long.toString(PAYLOAD.size() + 1));
    assertThat(asked()).hasSize(1);
    assertThat(out.resolve("a")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aSizeThatAgreesMakesNoDifference(Shape shape) {
    Download file = sized(a(), PAYLOAD.size());
    prepare(shape, file);
    completed(download(file), PAYLOAD, Proof.ETAG);
  }
}
