package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Downloads without a folder, against what servers do. */
class ContentTest extends ContentFixture {
  private static final long CUT = 700_000;
  private static final Payload OTHER = new Payload(2, PAYLOAD.size());
  private static final Fault CUT_ONCE = new Fault.CutAfter(CUT);

  private static Stream<Arguments> onEach(Stream<?> values) {
    return values.flatMap(
        value -> Stream.of(Target.values()).map(target -> arguments(target, value)));
  }

  static Stream<Arguments> sizes() {
    return onEach(Stream.of(0L, 1L, 65_535L, 65_536L, 65_537L, PAYLOAD.size()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void freshContentIsWhole(Target target, long size) {
    Payload payload = new Payload(7, size);
    server.serve("/a", payload);
    Got got = fetch(target, a());
    Outcome.Effort effort = got.assertHolds(payload, Proof.ETAG).effort();
    assertThat(effort.downloaded()).isEqualTo(size);
    assertThat(effort.attempts()).isEqualTo(1);
    assertThat(effort.segments()).isEqualTo(1);
    assertThat(got.flushes()).isEqualTo(target == Target.STREAM ? 1 : 0);
    assertThat(server.requests())
        .singleElement()
        .satisfies(request -> assertThat(request.isRanged()).isFalse());
    assertThat(files.seen(TransferEvent.Answered.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void chunkedContentIsProvenByNothing(Target target) {
    server.always("/a", new Fault.Chunked(), new Fault.NoValidator());
    fetch(target, a()).assertHolds(PAYLOAD, Proof.NONE);
  }

  static Stream<Arguments> cuts() {
    return onEach(Stream.of(0L, 1L, 65_535L, 65_536L, 65_537L, CUT, PAYLOAD.size() - 1));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void afterACutItGoesOnAtTheNextByte(Target target, long bytes) {
    server.with("/a", new Fault.CutAfter(bytes));
    Outcome.Effort effort = fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG).effort();
    assertThat(effort.attempts()).isEqualTo(2);
    assertThat(effort.discarded()).isZero();
    assertThat(asked()).hasSize(2);
    assertThat(asked().getLast().start()).isEqualTo(bytes);
    assertThat(asked().getLast().header("If-Range"))
        .isEqualTo(bytes == 0 ? Optional.empty() : server.etag("/a"));
    assertThat(files.seen(TransferEvent.Retrying.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void manyCutsCostNothingTwice(Target target) {
    Fault cut = new Fault.CutAfter(300_000);
    Fault reset = new Fault.ResetAfter(200_000); // it may cost bytes on their way
    server.with("/a", cut, reset, cut, reset);
    Outcome.Effort effort = fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG).effort();
    assertThat(effort.discarded()).isZero();
    assertThat(asked()).hasSize(5);
    assertEveryRestWasConditional(server.etag("/a"));
  }

  /**
   * What a server does after the first 700,000 bytes.
   *
   * @param stream the failure of a target that has these bytes; empty where it gets the rest
   */
  record After(String name, Consumer<FaultServer> faults, Proof proof, Optional<String> stream) {
    static After goesOn(String name, Fault... rest) {
      return new After(name, rests(rest), Proof.ETAG, Optional.empty());
    }

    static After fails(String name, String failure, Fault... rest) {
      return new After(name, rests(rest), Proof.ETAG, Optional.of(failure));
    }

    private static Consumer<FaultServer> rests(Fault... faults) {
      return server ->
          server.with("/a", CUT_ONCE).always("/a", SeenRequest::isRanged, Fault.all(faults));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> restsOfTheSameFile() {
    return onEach(
        Stream.of(
            After.goesOn("short ranges", new Fault.ShortRange(100_000)),
            After.goesOn("no ranges", new Fault.NoRanges()),
            After.goesOn("a range without Content-Range", new Fault.NoContentRange()),
            After.goesOn("a range without the total", new Fault.UnknownTotal()),
            After.goesOn("no range can be had", new Fault.Unsatisfiable(0)),
            After.fails("a login page", "changed", new Fault.LoginPage()),
            After.fails("fewer bytes now", "changed", new Fault.Unsatisfiable(5)),
            new After(
                "no validator",
                server -> server.with("/a", CUT_ONCE).always("/a", new Fault.NoValidator()),
                Proof.LENGTH,
                Optional.of("truncated")),
            new After(
                "a date of this second",
                server -> server.with("/a", CUT_ONCE).always("/a", new Fault.JustModified()),
                Proof.LENGTH,
                Optional.of("truncated")),
            new After(
                "a date alone",
                server -> server.with("/a", CUT_ONCE).always("/a", new Fault.OnlyLastModified()),
                Proof.LENGTH,
                Optional.empty()),
            new After(
                "a weak tag",
                server -> server.with("/a", CUT_ONCE).always("/a", new Fault.WeakEtag()),
                Proof.LENGTH,
                Optional.of("truncated"))));
  }

  /** Memory starts again where it must. A stream that has bytes goes on with proof, or fails. */
  @ParameterizedTest
  @MethodSource("restsOfTheSameFile")
  void theRestIsProvenToBeOfTheSameFile(Target target, After after) {
    after.faults.accept(server);
    Got got = fetch(target, a());
    if (target.keeps() && after.stream.isPresent()) {
      Failure failure = got.assertFailedWithin(PAYLOAD);
      assertThat(failure.label()).isEqualTo(after.stream.get());
      assertThat(failure.text()).contains(CUT + " bytes were delivered");
      assertThat(failure.isTransient()).isTrue();
      assertThat(got.bytes()).hasSize((int) CUT);
      assertThat(got.flushes()).isZero();
      assertThat(asked()).hasSize(failure instanceof Failure.Truncated ? 1 : 2);
    } else {
      got.assertHolds(PAYLOAD, after.proof);
    }
    if (target.keeps()) {
      assertNoRestart();
    }
  }

  static Stream<Arguments> changes() {
    return onEach(
        Stream.of(
            new Fault.ChangedTo(OTHER),
            Fault.all(new Fault.ChangedTo(OTHER), new Fault.IgnoreIfRange()),
            new Fault.ChangedUnderItsTag(OTHER)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void bytesOfTwoVersionsAreNeverMixed(Target target, Fault change) {
    server.with("/a", CUT_ONCE, change, change, change);
    Got got = fetch(target, a());
    if (target.keeps()) {
      assertThat(got.assertFailedWithin(PAYLOAD)).isInstanceOf(Failure.Changed.class);
      assertThat(asked()).hasSize(2);
    } else {
      got.assertHolds(OTHER, Proof.ETAG);
      assertThat(files.seen(TransferEvent.Restarted.class))
          .singleElement()
          .satisfies(restart -> assertThat(restart.discarded()).isEqualTo(CUT));
    }
  }

  /** Nothing was delivered, so there is nothing to mix. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aChangeBeforeTheFirstByteStartsAgain(Target target) {
    server.with("/a", new Fault.CutAfter(0), new Fault.ChangedTo(OTHER));
    fetch(target, a()).assertHolds(OTHER, Proof.ETAG);
  }

  /** A server without ranges sends the bytes again that the stream has. They are compared. */
  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"STREAM", "CHANNEL"})
  void bytesThatAreReadAgainMustBeTheSame(Target target) {
    server.always("/a", new Fault.NoRanges());
    server.with("/a", CUT_ONCE, Fault.NONE, new Fault.OverwrittenAfter(CUT - 1, OTHER));
    Got got = fetch(target, a());
    Failure failure = got.assertFailedWithin(PAYLOAD);
    assertThat(failure).isInstanceOf(Failure.Changed.class);
    assertThat(failure.text()).contains("first 700000 bytes are others");
  }

  /** Also if the reading again is cut, before and behind the bytes that the stream has. */
  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"STREAM", "CHANNEL"})
  void readingAgainMayBeCutToo(Target target) {
    server.always("/a", new Fault.NoRanges());
    server.with("/a", CUT_ONCE, Fault.NONE, new Fault.CutAfter(300_000), new Fault.CutAfter(CUT));
    Outcome.Effort effort = fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG).effort();
    assertThat(effort.discarded()).isEqualTo(300_000 + CUT + CUT);
    assertThat(asked().subList(2, 5)).noneMatch(SeenRequest::isRanged);
    assertNoRestart();
  }

  /** Chunked content tells its end only by coming to it. */
  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"STREAM", "CHANNEL"})
  void readingAgainAShorterFileFails(Target target) {
    server.always("/a", new Fault.NoRanges(), new Fault.Chunked());
    String shorter = "{line}{fields}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    server.with("/a", CUT_ONCE, Fault.NONE, new Fault.Raw(shorter));
    Failure failure = fetch(target, a()).assertFailedWithin(PAYLOAD);
    assertThat(failure).isInstanceOf(Failure.Changed.class);
    assertThat(failure.text()).contains("it has 3 bytes");
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aRightHashIsTheProof(Target target) {
    server.with("/a", CUT_ONCE);
    fetch(target, hashed(a(), PAYLOAD)).assertHolds(PAYLOAD, Proof.SHA256);
  }

  /** It would tell of a mixture only when the stream has all of it. */
  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"STREAM", "CHANNEL"})
  void aHashDoesNotReplaceTheValidatorForAStream(Target target) {
    server.with("/a", CUT_ONCE).always("/a", new Fault.NoValidator());
    Got got = fetch(target, hashed(a(), PAYLOAD));
    assertThat(got.assertFailedWithin(PAYLOAD)).isInstanceOf(Failure.Truncated.class);
    assertThat(asked()).hasSize(1);
  }

  /** Memory is filled once more. What a stream has cannot be taken back. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aWrongHashFails(Target target) {
    Got got = fetch(target, hashed(a(), OTHER));
    Failure failure = got.assertFailedWithin(PAYLOAD);
    assertThat(failure).isInstanceOf(Failure.Checksum.class);
    assertThat(got.bytes()).hasSize(target.keeps() ? (int) PAYLOAD.size() : 0);
    assertThat(asked()).hasSize(target.keeps() ? 1 : 2);
  }

  @Test
  void memoryForgivesOneWrongHash() {
    server.with("/a", Fault.NONE, new Fault.ChangedTo(OTHER));
    fetch(Target.MEMORY, hashed(a(), OTHER)).assertHolds(OTHER, Proof.SHA256);
    assertThat(asked()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void anotherSizeThanExpectedFails(Target target) {
    Got got = fetch(target, sized(a(), PAYLOAD.size() + 1));
    assertThat(got.assertFailedWithin(PAYLOAD)).isInstanceOf(Failure.Changed.class);
    assertThat(got.bytes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void endlessContentIsCutAtTheExpectedSize(Target target) {
    server.always("/a", new Fault.Chunked());
    Got got = fetch(target, sized(a(), 1_000));
    assertThat(got.assertFailedWithin(PAYLOAD)).isInstanceOf(Failure.Changed.class);
    assertThat(got.bytes()).hasSize(target.keeps() ? 1_000 : 0);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void theLimitOfAFilesSizeHolds(Target target) {
    settings = settings.with(settings.limits().withMaxFileSize(OptionalLong.of(CUT)));
    Got announced = fetch(target, a());
    server.always("/a", new Fault.Chunked());
    Got chunked = fetch(target, a());
    assertThat(announced.bytes()).isEmpty();
    assertThat(chunked.bytes()).hasSize(target.keeps() ? (int) CUT : 0);
    assertThat(List.of(announced, chunked))
        .allSatisfy(
            got -> assertThat(got.assertFailedWithin(PAYLOAD).text()).contains("--max-file-size"));
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void redirectsAreFollowedAlsoAfterACut(Target target) {
    server.serve("/real", PAYLOAD).with("/real", CUT_ONCE);
    server.always("/a", new Fault.Redirect(302, "/real"));
    fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG);
    assertThat(asked("/real")).hasSize(2);
    assertThat(asked("/a")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void encodedContentIsNotDecoded(Target target) {
    server.always("/a", new Fault.ContentEncoding("gzip")).with("/a", CUT_ONCE);
    Got got = fetch(target, a());
    assertThat(completed(got.outcome()).proof()).isEqualTo(Proof.ETAG);
    assertThat(got.bytes()).isEqualTo(Encoded.gzip(PAYLOAD));
    assertThat(asked().getLast().start()).isEqualTo(CUT);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void failuresAreRetriedAndThenReported(Target target) {
    server.with("/a", new Fault.Status(500), new Fault.RetryAfter(429, 1), CUT_ONCE);
    fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG);
    server.always("/a", new Fault.Status(404));
    assertThat(failed(fetch(target, a()).outcome()).label()).isEqualTo("http");
    server.mend("/a").always("/a", new Fault.CutAfter(0));
    assertThat(fetch(target, a()).assertFailedWithin(PAYLOAD).label()).isEqualTo("truncated");
    assertThat(files.seen(TransferEvent.OriginPaused.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void wrongRangesAreAskedForOnceMore(Target target) {
    server.with("/a", CUT_ONCE);
    server.always("/a", SeenRequest::isRanged, new Fault.WrongRangeStart(10));
    Got got = fetch(target, a());
    assertThat(got.assertFailedWithin(PAYLOAD)).isInstanceOf(Failure.Range.class);
    assertThat(asked()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void aServerThatFallsSilentIsAskedAgain(Target target) {
    timeouts(settings.timeouts().response(), Duration.ofMillis(200));
    server.with("/a", new Fault.Stall(CUT));
    fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG);
    assertThat(asked().getLast().start()).isEqualTo(CUT);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void headersGoToTheFilesOwnOrigin(Target target) {
    try (FaultServer other = FaultServer.http().serve("/b", PAYLOAD)) {
      headers(List.of(Map.entry("X-Mine", "1")));
      server.always("/a", new Fault.Redirect(302, other.uri("/b").toString()));
      fetch(target, a()).assertHolds(PAYLOAD, Proof.ETAG);
      assertThat(server.requests()).allMatch(request -> request.header("X-Mine").isPresent());
      assertThat(other.requests()).noneMatch(request -> request.header("X-Mine").isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void httpsIsSpokenToo(Target target) {
    secure();
    server.with("/a", CUT_ONCE);
    Download file = a();
    fetch(target, file).assertHolds(PAYLOAD, Proof.ETAG);
  }
}
