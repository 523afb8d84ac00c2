package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Content-Encoding in spite of {@code identity}: the encoded bytes are the file. */
class EncodedContentTest extends EngineFixture {
  private static final byte[] GZIPPED = Encoded.gzip(PAYLOAD);

  /** Encoded from the start, also in the run that was cut off. */
  private void prepareEncoded(Shape shape) {
    server.always("/a", new Fault.ContentEncoding("gzip"));
    prepare(shape);
  }

  private Outcome.Completed completedEncoded(Proof proof) {
    Outcome.Completed outcome = completed(download(a()));
    assertThat(outcome.proof()).isEqualTo(proof);
    assertThat(out.resolve("a")).hasBinaryContent(GZIPPED);
    Trees.assertNoLeftovers(out);
    return outcome;
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void encodedContentIsSplitAndResumedAndNeverDecoded(Shape shape) {
    prepareEncoded(shape);
    Outcome.Completed outcome = completedEncoded(Proof.ETAG);
    assertThat(outcome.effort().resumed() > 0).isEqualTo(shape.resumed);
    assertThat(outcome.effort().discarded()).isZero();
    if (shape.isSplit()) {
      assertThat(outcome.effort().segments()).isGreaterThan(1);
    }
    assertThat(asked()).allMatch(r -> r.header("Accept-Encoding").orElse("").equals("identity"));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void encodedContentGoesOnAfterACut(Shape shape) {
    prepareEncoded(shape);
    server.with("/a", new Fault.CutAfter(shape.resumed ? 30_000 : 300_000));
    assertThat(completedEncoded(Proof.ETAG).effort().discarded()).isZero();
  }

  /** The tags say so too; see {@code VersionTest} in model for an encoding that differs alone. */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aFileThatIsEncodedNowBeginsAnew(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.ContentEncoding("gzip"), new Fault.IgnoreIfRange());
    assertThat(completedEncoded(Proof.ETAG).effort().resumed()).isZero();
    assertThat(watch.seen(TransferEvent.Restarted.class)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aSecondRunFindsTheEncodedFileThere(Shape shape) {
    prepareEncoded(shape);
    completedEncoded(Proof.ETAG);
    forgetRequests();
    assertThat(download(a()))
        .isEqualTo(new Outcome.Skipped(GZIPPED.length, Proof.LENGTH, Outcome.Effort.none()));
    assertThat(allAsked()).hasSize(1).allMatch(SeenRequest::isHead);
  }
}
