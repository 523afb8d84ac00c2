package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that get ranges wrong, cut answers short, or give something else: the file is right. */
class RangeFaultTest extends Matrix {
  private static final List<Case> CASES =
      List.of(
          Case.once(1, "200 to a range", new Fault.NoRanges(), ETAG),
          Case.always(1, "200 to a range", new Fault.NoRanges(), ETAG),
          Case.always(
              1, "200 to all but the first range", Matrix::isRest, new Fault.NoRanges(), ETAG),
          Case.once(
              2, "206 starts later", SeenRequest::isRanged, new Fault.WrongRangeStart(3), ETAG),
          Case.once(2, "206 starts earlier", Matrix::isRest, new Fault.WrongRangeStart(-3), ETAG),
          Case.once(3, "206 is short", SeenRequest::isRanged, new Fault.ShortRange(50_000), ETAG),
          Case.always(3, "206 is short", SeenRequest::isRanged, new Fault.ShortRange(90_000), ETAG),
          Case.once(
              4,
              "206 without Content-Range",
              SeenRequest::isRanged,
              new Fault.NoContentRange(),
              ETAG),
          Case.always(
              4,
              "206 without Content-Range",
              SeenRequest::isRanged,
              new Fault.NoContentRange(),
              ETAG),
          Case.once(4, "unasked 206", r -> !r.isRanged(), new Fault.UnaskedRange(7), ETAG),
          Case.once(
              4, "206 of unknown total", SeenRequest::isRanged, new Fault.UnknownTotal(), ETAG),
          Case.always(
              4, "206 of unknown total", SeenRequest::isRanged, new Fault.UnknownTotal(), ETAG),
          Case.once(
              5,
              "206 of another total",
              SeenRequest::isRanged,
              new Fault.WrongTotal(9_999_999),
              ETAG),
          Case.once(5, "rest of another total", Matrix::isRest, new Fault.WrongTotal(9_999), ETAG),
          Case.once(6, "416 of the whole", new Fault.Unsatisfiable(PAYLOAD.size()), ETAG),
          Case.always(6, "416 of the whole", new Fault.Unsatisfiable(PAYLOAD.size()), ETAG),
          Case.once(6, "416 of less", new Fault.Unsatisfiable(9), ETAG),
          Case.always(6, "416 of less", new Fault.Unsatisfiable(9), ETAG),
          Case.always(6, "416 of nothing", new Fault.Unsatisfiable(0), ETAG),
          Case.once(7, "no fault", Fault.NONE, ETAG),
          Case.always(18, "HEAD refused", new Fault.HeadNotAllowed(), ETAG),
          Case.always(18, "HEAD wrong", new Fault.HeadLies(9), ETAG),
          Case.once(15, "cut at the start", new Fault.CutAfter(0), ETAG),
          Case.once(15, "cut in the middle", new Fault.CutAfter(100_000), ETAG),
          Case.always(15, "cut in the middle", new Fault.CutAfter(100_000), ETAG),
          Case.once(19, "login page for the rest", Matrix::isRest, new Fault.LoginPage(), ETAG),
          Case.once(19, "500 for the rest", Matrix::isRest, new Fault.Status(500), ETAG),
          Case.once(29, "reset at the start", new Fault.ResetAfter(0), ETAG),
          Case.once(29, "reset in the middle", new Fault.ResetAfter(100_000), ETAG),
          Case.always(
              29, "reset for the rest", Matrix::isRest, new Fault.ResetAfter(70_000), ETAG));

  static List<Case> cases() {
    return CASES;
  }

  static Stream<Arguments> inAllShapes() {
    return shaped(CASES);
  }

  @ParameterizedTest
  @MethodSource("inAllShapes")
  void aWrongRangeNeverSpoilsTheFile(Case now, Shape shape) {
    check(now, shape);
  }

  static Stream<Case> overTls() {
    return CASES.stream().filter(each -> each.number() >= 15);
  }

  @ParameterizedTest
  @MethodSource
  void overTls(Case now) {
    secure();
    check(now, Shape.FOUR_RESUMED);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void withoutFaultsTheRestAloneIsAskedForUnderTheStrongEtag(Shape shape) {
    prepare(shape);
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().resumed() > 0).isEqualTo(shape.resumed);
    assertThat(outcome.effort().discarded()).isZero();
    assertThat(outcome.effort().attempts()).isEqualTo(1);
    if (shape.resumed) {
      assertThat(asked()).allMatch(request -> request.start() > 0);
    }
    assertThat(asked().getFirst().isRanged()).isEqualTo(shape.asksForRange());
    assertEveryRestWasConditional(server.etag("/a"));
    assertThat(watch.seen(TransferEvent.Restarted.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void rangesThatAreAlwaysWrongAreGivenUpAndNothingOfThemIsKept(Shape shape) {
    prepare(shape);
    server.always("/a", SeenRequest::isRanged, new Fault.WrongRangeStart(3));
    Outcome outcome = download(a());
    if (shape.asksForRange()) {
      assertThat(failed(outcome)).isInstanceOf(Failure.Range.class);
      assertThat(asked()).hasSizeBetween(2, 2 * shape.segments);
      assertKept(shape);
    } else {
      completed(outcome, PAYLOAD, Proof.ETAG);
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void anAnswerThatIsNeverMoreThanItsHeadersIsGivenUpAfterTheRetries(Shape shape) {
    prepare(shape);
    server.always("/a", new Fault.CutAfter(0));
    Outcome outcome = download(a());
    assertThat(failed(outcome)).isInstanceOf(Failure.Truncated.class);
    assertThat(asked()).hasSizeBetween(4, 4 * shape.segments);
    assertThat(outcome.effort().attempts()).isEqualTo(4);
    assertKept(shape);
  }

  /** Case 29. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void aResetIsToldFromAnEarlyEnd(Shape shape) {
    prepare(shape);
    retries(0);
    server.always("/a", new Fault.ResetAfter(50_000));
    assertThat(failed(download(a()))).isInstanceOf(Failure.Reset.class);
    server.mend("/a").always("/a", new Fault.CutAfter(1));
    assertThat(failed(download(a()))).isInstanceOf(Failure.Truncated.class);
  }

  /** Case 1: what a helper does not get goes back to the connection that delivers it anyway. */
  @Test
  void aServerThatGivesOnlyTheFirstRangeIsAskedForNothingTwice() {
    prepare(Shape.FOUR_FRESH);
    segments(2);
    Gate gate = new Gate();
    server.always("/a", Matrix::isRest, new Fault.NoRanges());
    server.with("/a", request -> request.start() == 0, new Fault.Stall(256 * KIB, gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              server.traffic().awaitRequests("/a", 2);
              watch.awaitProgress(shown -> shown.active().getFirst().connections() == 1);
              gate.open();
            });
    Outcome.Completed outcome = completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().discarded()).isZero();
    assertThat(asked().stream().filter(request -> request.start() == 0)).hasSize(1);
  }

  /** What an earlier run left is still there, and can still be used. */
  private void assertKept(Shape shape) {
    server.mend("/a");
    Outcome.Completed later = completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(later.effort().resumed() > 0).isEqualTo(shape.resumed);
  }

  /** Case 17: a range of nothing is refused, and the plain answer then proves that it is empty. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void anEmptyFileIsMade(Shape shape) {
    prepare(shape);
    Payload empty = new Payload(1, 0);
    server.serve("/a", empty).always("/a", new Fault.IgnoreIfRange());
    Outcome.Completed outcome = completed(download(a()), empty, Proof.ETAG);
    assertThat(outcome.effort().attempts()).isEqualTo(shape.resumed ? 2 : 1);
    assertThat(asked()).hasSize(shape.asksForRange() ? 2 : 1);
    assertThat(asked().getLast().isRanged()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_FRESH", "FOUR_FRESH"})
  void anEmptyFileOfKnownSizeIsAskedForWithoutRange(Shape shape) {
    prepare(shape);
    Payload empty = new Payload(1, 0);
    server.serve("/a", empty);
    completed(download(sized(a(), 0)), empty, Proof.ETAG);
    assertThat(asked()).hasSize(1).noneMatch(SeenRequest::isRanged);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void contentWithoutALengthIsWholeAtItsLastChunkAndProvesNothing(Shape shape) {
    prepare(shape);
    server.always("/a", Fault.all(new Fault.Chunked(), new Fault.NoRanges()));
    completed(download(a()), PAYLOAD, Proof.NONE);
    assertThat(asked().getLast().start()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void contentWithoutALengthIsHeldToTheManifestsSize(Shape shape) {
    prepare(shape, sized(a(), PAYLOAD.size()));
    server.always("/a", Fault.all(new Fault.Chunked(), new Fault.NoRanges()));
    completed(download(sized(a(), PAYLOAD.size())), PAYLOAD, Proof.LENGTH);
    Path there = out.resolve("a");
    assertThat(there.toFile().delete()).isTrue();
    assertThat(failed(download(sized(a(), PAYLOAD.size() - 1))))
        .isInstanceOf(Failure.Changed.class);
    assertThat(failed(download(sized(a(), PAYLOAD.size() + 1))))
        .isInstanceOf(Failure.Truncated.class);
    assertThat(there).doesNotExist();
  }
}
