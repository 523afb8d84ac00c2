package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers say of versions, and files that change: bytes of two versions are never mixed. */
class VersionTest extends EngineFixture {
  private static final Payload OTHER = new Payload(2, PAYLOAD.size());

  /** Replaced, and the server does not tell. */
  private static final Fault REPLACED =
      Fault.all(new Fault.ChangedTo(OTHER), new Fault.NoValidator());

  private static final long CUT = 500 * KIB;

  /** Like {@link #prepare}, for a server that meets all requests with this. */
  private void prepare(Shape shape, Download file, Fault always) {
    server.always("/a", always);
    segments(shape.segments);
    if (shape.resumed) {
      cut(file, CUT);
    }
    forgetRequests();
  }

  private static Download hashed(Download file, Payload payload) {
    return file.withChecksums(List.of(Checksum.parse("sha256:" + payload.sha256())));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aWeakEtagIsNeitherSentNorAProof(Shape shape) {
    prepare(shape, a(), new Fault.WeakEtag());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(outcome.effort().segments()).isEqualTo(1);
    assertThat(asked()).allMatch(request -> request.header("If-Range").isEmpty());
    assertThat(asked()).allMatch(request -> request.start() == 0);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aModificationDateIsSentAsIfRangeWhereItIsOldEnough(Shape shape) {
    prepare(shape, a(), new Fault.OnlyLastModified());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isEqualTo(shape.resumed ? CUT : 0);
    assertThat(outcome.effort().discarded()).isZero();
    assertEveryRestWasConditional(server.lastModified("/a"));
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aModificationDateOfJustNowProvesNothing(Shape shape) {
    prepare(shape, a(), new Fault.JustModified());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(asked()).allMatch(request -> request.start() == 0);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutValidatorNothingIsSplicedUnlessAHashDecides(Shape shape) {
    prepare(shape, a(), new Fault.NoValidator());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(asked()).hasSize(2).allMatch(request -> request.start() == 0);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutValidatorAHashAllowsToContinue(Shape shape) {
    Download file = hashed(a(), PAYLOAD);
    prepare(shape, file, new Fault.NoValidator());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(file), PAYLOAD, Proof.SHA256);
    assertThat(outcome.effort().resumed()).isEqualTo(shape.resumed ? CUT : 0);
    assertThat(outcome.effort().discarded()).isZero();
    assertEveryRestWasConditional(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutValidatorTheSizeMayBeTrusted(Shape shape) {
    disk(EngineFixture::trusting);
    prepare(shape, a(), new Fault.NoValidator());
    server.with("/a", new Fault.CutAfter(100_000));
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isEqualTo(shape.resumed ? CUT : 0);
    assertThat(outcome.effort().discarded()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aTrustedSizeThatIsAnotherOneNowIsNotBuiltUpon(Shape shape) {
    disk(EngineFixture::trusting);
    prepare(shape, a(), new Fault.NoValidator());
    Payload longer = new Payload(2, PAYLOAD.size() + 1);
    server.serve("/a", longer);
    Outcome.Completed outcome = completed(download(a()), longer, Proof.LENGTH);
    assertThat(outcome.effort().resumed()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void anEtagThatIsNeverTheSameEndsInOneWholePlainGet(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.EtagPerRequest());
    if (shape.isSplit()) { // a range from the start never gets far before a helper has asked
      server.always("/a", VersionTest::isRangeFromTheStart, new Fault.Stall(100 * KIB));
    } else {
      server.with("/a", new Fault.CutAfter(300_000));
    }
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(watch.seen(TransferEvent.Restarted.class)).hasSize(shape.isSplit() ? 3 : 1);
    assertThat(asked())
        .filteredOn(request -> !request.isRanged())
        .hasSize(shape == Shape.ONE_FRESH ? 2 : 1);
  }

  private static boolean isRangeFromTheStart(SeenRequest request) {
    return request.isRanged() && request.start() == 0;
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void anEtagOfEachNodeEndsWell(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.EtagPerNode(2));
    completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(asked()).hasSizeLessThan(40);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aFileThatIsReplacedInMidRunBeginsAnew(Shape shape) {
    prepare(shape);
    if (shape == Shape.FOUR_FRESH) { // helpers have to fetch the rest, and ask again for that
      server.with("/a", request -> request.start() == 0, new Fault.Stall(100 * KIB));
    } else if (!shape.isSplit()) {
      server.with("/a", new Fault.CutAfter(300_000));
    }
    server.with("/a", request -> request.start() > 0, Fault.NONE, new Fault.ChangedTo(OTHER));
    if (shape == Shape.ONE_FRESH) {
      server.with("/a", request -> request.start() > 0, new Fault.CutAfter(300_000));
    }
    Outcome.Completed outcome = completed(download(a()), OTHER, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(outcome.effort().discarded()).isPositive();
    assertThat(watch.seen(TransferEvent.Restarted.class)).hasSize(1);
  }

  /** Its date is the only thing that differs in the answers. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void aFileThatIsReplacedUnderItsTagBeginsAnew(Shape shape) {
    prepare(shape);
    if (shape == Shape.FOUR_FRESH) {
      server.with("/a", request -> request.start() == 0, new Fault.Stall(100 * KIB));
    } else if (!shape.isSplit()) {
      server.with("/a", new Fault.CutAfter(300_000));
    }
    server.with(
        "/a", request -> request.start() > 0, Fault.NONE, new Fault.ChangedUnderItsTag(OTHER));
    if (shape == Shape.ONE_FRESH) {
      server.with("/a", request -> request.start() > 0, new Fault.CutAfter(300_000));
    }
    Outcome.Completed outcome = completed(download(a()), OTHER, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(watch.seen(TransferEvent.Restarted.class))
        .isNotEmpty()
        .allMatch(restart -> restart.reason().contains("Last-Modified is another one"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aFileThatWasReplacedUnderItsTagBetweenRunsBeginsAnew(Shape shape) {
    prepare(shape);
    server.with("/a", new Fault.ChangedUnderItsTag(OTHER));
    Outcome.Completed outcome = completed(download(a()), OTHER, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void onlyTheFileThatIsReplacedBeginsAnew(Shape shape) {
    Payload steady = new Payload(7, PAYLOAD.size());
    server.serve("/b", steady);
    prepare(shape);
    server.with("/a", new Fault.CutAfter(300_000), new Fault.ChangedTo(OTHER));
    run(List.of(a(), file("/b")));
    assertThat(out.resolve("a")).hasBinaryContent(OTHER.bytes());
    assertThat(out.resolve("b")).hasBinaryContent(steady.bytes());
    assertThat(watch.seen(TransferEvent.Restarted.class))
        .isNotEmpty()
        .allMatch(restart -> restart.download().target().value().equals("a"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aFileThatIsReplacedBetweenRunsBeginsAnew(Shape shape) {
    prepare(shape);
    server.serve("/a", OTHER);
    Outcome.Completed outcome = completed(download(a()), OTHER, Proof.ETAG);
    assertThat(outcome.effort().resumed()).isZero();
    assertThat(asked().getFirst().header("If-Range")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aServerThatIgnoresIfRangeIsFoundOutByTheEtagOfItsRange(Shape shape) {
    prepare(shape);
    server.serve("/a", OTHER).always("/a", new Fault.IgnoreIfRange());
    completed(download(a()), OTHER, Proof.ETAG);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_RESUMED", "FOUR_RESUMED"})
  void aFileThatBecameShorterThanItsPartBeginsAnew(Shape shape) {
    prepare(shape);
    Payload shorter = new Payload(2, 100_000);
    server.serve("/a", shorter).always("/a", new Fault.IgnoreIfRange());
    completed(download(a()), shorter, Proof.ETAG);
    assertThat(asked()).hasSizeLessThan(6);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutValidatorAReplacedFileIsStillWhole(Shape shape) {
    prepare(shape, a(), new Fault.NoValidator());
    server.with("/a", new Fault.CutAfter(300_000), REPLACED);
    completed(download(a()), OTHER, Proof.LENGTH);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aHashFindsOutWhatNoValidatorTells(Shape shape) {
    Download file = hashed(a(), OTHER);
    prepare(shape, file, new Fault.NoValidator());
    server.with("/a", new Fault.CutAfter(300_000), REPLACED);
    completed(download(file), OTHER, Proof.SHA256);
  }
}
