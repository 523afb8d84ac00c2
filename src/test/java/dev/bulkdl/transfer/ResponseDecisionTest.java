package dev.bulkdl.transfer;

import static dev.bulkdl.transfer.Versions.LATER;
import static dev.bulkdl.transfer.Versions.MODIFIED;
import static dev.bulkdl.transfer.Versions.TAG;
import static dev.bulkdl.transfer.Versions.dated;
import static dev.bulkdl.transfer.Versions.encoded;
import static dev.bulkdl.transfer.Versions.none;
import static dev.bulkdl.transfer.Versions.strong;
import static dev.bulkdl.transfer.Versions.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.transfer.AttemptEnd.Why;
import dev.bulkdl.transfer.ResponseDecision.Asked;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision for each response. The numbers are those of cases that real servers make. */
class ResponseDecisionTest {

  private final BodyChannel body = new Untouched();

  private static Asked first() {
    return new Asked(0, true, Version.UNKNOWN, OptionalLong.empty(), false);
  }

  private static Asked sized(long size) {
    return new Asked(0, true, Version.UNKNOWN, OptionalLong.of(size), false);
  }

  private static Asked plain(Version known) {
    return new Asked(0, false, known, OptionalLong.empty(), false);
  }

  private static Asked rest(long position, Version known) {
    return new Asked(position, true, known, OptionalLong.empty(), false);
  }

  private static Asked onTrust(long position, Version known) {
    return new Asked(position, true, known, OptionalLong.empty(), true);
  }

  private FetchResponse whole(Version version) {
    return new FetchResponse.Whole(200, version, true, body);
  }

  private FetchResponse wholeWithoutRanges(Version version) {
    return new FetchResponse.Whole(200, version, false, body);
  }

  private FetchResponse part(Version version, long first, long end) {
    return new FetchResponse.Part(version, first, end, body);
  }

  private static FetchResponse unsatisfiable(long total) {
    return new FetchResponse.Unsatisfiable(
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
  }

  private static FetchResponse http(int status) {
    return new FetchResponse.Failed(new Failure.Http(status, "", Optional.empty()), false);
  }

  private static void assertAnew(ResponseDecision ruling, Why why) {
    assertThat(ruling)
        .isInstanceOfSatisfying(
            ResponseDecision.Anew.class,
            anew -> {
              assertThat(anew.why()).isEqualTo(why);
              assertThat(anew.reason()).isNotBlank();
            });
  }

  private static void assertGivenUp(ResponseDecision ruling, Class<? extends Failure> as) {
    assertThat(ruling)
        .isInstanceOfSatisfying(
            ResponseDecision.GiveUp.class, giveUp -> assertThat(giveUp.failure()).isInstanceOf(as));
  }

  // 1: 200 to a request with Range.

  @Test
  void aWholeFileIsNeverAppended() {
    assertAnew(ResponseDecision.of(whole(tagged("\"v2\"", 20)), rest(5, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(none(20)), rest(5, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(none(20)), onTrust(5, none(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(strong(21)), rest(5, strong(20))), Why.CHANGED);
  }

  @Test
  void aWholeFileOfTheSameVersionIsLeftToOneConnection() {
    assertThat(ResponseDecision.of(whole(strong(20)), rest(5, strong(20))))
        .isInstanceOf(ResponseDecision.Alone.class);
    assertThat(ResponseDecision.of(whole(dated(MODIFIED, 20)), rest(5, dated(MODIFIED, 20))))
        .isInstanceOf(ResponseDecision.Alone.class);
  }

  @Test
  void aWeakTagDoesNotMakeAWholeFileTheSame() {
    Version weak = tagged("W/\"v1\"", 20);
    assertAnew(ResponseDecision.of(whole(weak), rest(5, weak)), Why.CHANGED);
  }

  @Test
  void aWholeFileFromItsFirstByteIsUsed() {
    assertThat(ResponseDecision.of(whole(strong(20)), first()))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 20, RangeSupport.UNKNOWN));
    assertThat(ResponseDecision.of(whole(strong(20)), plain(Version.UNKNOWN)))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 20, RangeSupport.UNKNOWN));
  }

  @Test
  void aServerThatIgnoresARangeAndOffersNoneRefusesRanges() {
    assertThat(ResponseDecision.of(wholeWithoutRanges(strong(20)), first()))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 20, RangeSupport.REFUSED));
    assertThat(ResponseDecision.of(wholeWithoutRanges(strong(20)), plain(Version.UNKNOWN)))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 20, RangeSupport.UNKNOWN));
  }

  @Test
  void aWholeFileOfAnotherVersionStartsAgain() {
    assertAnew(ResponseDecision.of(whole(tagged("\"v2\"", 20)), rest(0, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(strong(21)), rest(0, strong(20))), Why.CHANGED);
    assertAnew(
        ResponseDecision.of(whole(dated(LATER, 20)), rest(0, dated(MODIFIED, 20))), Why.CHANGED);
  }

  /** Other segments can have bytes of the requested version. */
  @Test
  void aWholeFileWithoutTheValidatorOfIfRangeIsAnotherVersion() {
    assertAnew(ResponseDecision.of(whole(none(20)), rest(0, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(dated(MODIFIED, 20)), rest(0, strong(20))), Why.CHANGED);
  }

  // 2: 206 with another start than requested.

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 6, 19})
  void aRangeWithAnotherStartIsAskedForAgain(long start) {
    assertThat(ResponseDecision.of(part(strong(20), start, 20), rest(5, strong(20))))
        .isInstanceOfSatisfying(
            ResponseDecision.Repeat.class,
            repeat -> assertThat(repeat.failure()).isInstanceOf(Failure.Range.class));
  }

  // 3: 206 shorter than requested.

  @Test
  void aRangeThatEndsEarlyIsUsed() {
    assertThat(ResponseDecision.of(part(strong(20), 5, 8), rest(5, strong(20))))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 8, RangeSupport.SUPPORTED));
  }

  @Test
  void theRequestedRangeIsUsed() {
    assertThat(ResponseDecision.of(part(strong(20), 0, 20), first()))
        .isEqualTo(new ResponseDecision.Stream(strong(20), body, 20, RangeSupport.SUPPORTED));
    assertThat(ResponseDecision.of(part(none(20), 5, 20), onTrust(5, none(20))))
        .isEqualTo(new ResponseDecision.Stream(none(20), body, 20, RangeSupport.SUPPORTED));
  }

  // 4: 206 without Content-Range, or without a request for a range.

  @Test
  void aBrokenRangeIsRequestedAgainWithoutRange() {
    assertAnew(
        ResponseDecision.of(new FetchResponse.BrokenRange("why"), rest(5, strong(20))),
        Why.NO_RANGES);
    assertAnew(ResponseDecision.of(new FetchResponse.BrokenRange("why"), first()), Why.NO_RANGES);
  }

  @Test
  void anUnrequestedRangeIsRepeatedAndThenAFailure() {
    assertThat(ResponseDecision.of(new FetchResponse.BrokenRange("why"), plain(Version.UNKNOWN)))
        .isEqualTo(new ResponseDecision.Repeat(new Failure.Range("why")));
  }

  @Test
  void aRangeWithoutATotalIsRequestedAgainWithoutRange() {
    assertAnew(ResponseDecision.of(part(tagged(TAG, -1), 0, 20), first()), Why.NO_RANGES);
    assertAnew(
        ResponseDecision.of(part(tagged(TAG, -1), 5, 20), rest(5, strong(20))), Why.NO_RANGES);
  }

  // 5: the total differs.

  @Test
  void aRangeWithAnotherTotalIsAnotherVersion() {
    assertAnew(ResponseDecision.of(part(strong(21), 5, 21), rest(5, strong(20))), Why.CHANGED);
  }

  @Test
  void aRangeWithAnotherTagIsAnotherVersion() {
    assertAnew(
        ResponseDecision.of(part(tagged("\"v2\"", 20), 5, 20), rest(5, strong(20))), Why.CHANGED);
    assertAnew(
        ResponseDecision.of(part(dated(LATER, 20), 5, 20), rest(5, dated(MODIFIED, 20))),
        Why.CHANGED);
    assertAnew(ResponseDecision.of(part(encoded(20), 5, 20), rest(5, strong(20))), Why.CHANGED);
  }

  @Test
  void aRangeWithoutTheTagIsAnotherVersion() {
    assertAnew(ResponseDecision.of(part(none(20), 5, 20), rest(5, strong(20))), Why.CHANGED);
    assertAnew(
        ResponseDecision.of(part(dated(MODIFIED, 20), 5, 20), rest(5, strong(20))), Why.CHANGED);
  }

  @Test
  void aRangeWithoutAValidatorIsNotUsed() {
    assertAnew(ResponseDecision.of(part(none(20), 5, 20), rest(5, none(20))), Why.NO_RANGES);
    assertThat(ResponseDecision.of(part(none(20), 5, 20), onTrust(5, none(20))))
        .isInstanceOf(ResponseDecision.Stream.class);
    assertThat(ResponseDecision.of(part(none(20), 0, 20), first()))
        .isInstanceOf(ResponseDecision.Stream.class);
  }

  @Test
  void anotherVersionCountsMoreThanAWrongStart() {
    assertAnew(
        ResponseDecision.of(part(tagged("\"v2\"", 20), 0, 20), rest(5, strong(20))), Why.CHANGED);
  }

  // 6: 416.

  @Test
  void a416AtTheEndMeansFinishedIfAHashDecides() {
    assertThat(ResponseDecision.of(unsatisfiable(20), onTrust(20, none(20))))
        .isEqualTo(new ResponseDecision.Finished(20));
  }

  @Test
  void a416AtTheEndProvesNothingAlone() {
    assertAnew(ResponseDecision.of(unsatisfiable(20), rest(20, strong(20))), Why.CHANGED);
  }

  @Test
  void aFileThatIsShorterNowStartsAgain() {
    assertAnew(ResponseDecision.of(unsatisfiable(10), rest(20, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(unsatisfiable(10), onTrust(20, none(20))), Why.CHANGED);
  }

  /** 17. */
  @Test
  void anEmptyFileIsAskedForWithoutRange() {
    assertAnew(ResponseDecision.of(unsatisfiable(0), first()), Why.NO_RANGES);
    assertAnew(ResponseDecision.of(unsatisfiable(0), onTrust(20, none(20))), Why.NO_RANGES);
  }

  @Test
  void a416WithoutATotalIsRequestedAgainWithoutRange() {
    assertAnew(ResponseDecision.of(unsatisfiable(-1), first()), Why.NO_RANGES);
    assertAnew(ResponseDecision.of(unsatisfiable(-1), onTrust(20, none(20))), Why.NO_RANGES);
  }

  @Test
  void a416WithoutARangeFailsTheFile() {
    assertGivenUp(
        ResponseDecision.of(unsatisfiable(20), plain(Version.UNKNOWN)), Failure.Http.class);
  }

  // 13: Content-Encoding although identity was requested.

  @Test
  void encodedContentHasRangesLikeAnyOther() {
    Asked known = rest(0, encoded(20));
    assertThat(ResponseDecision.of(whole(encoded(20)), known))
        .isEqualTo(new ResponseDecision.Stream(encoded(20), body, 20, RangeSupport.UNKNOWN));
    assertThat(ResponseDecision.of(part(encoded(20), 0, 10), known))
        .isEqualTo(new ResponseDecision.Stream(encoded(20), body, 10, RangeSupport.SUPPORTED));
    assertThat(ResponseDecision.of(part(encoded(20), 5, 20), rest(5, encoded(20))))
        .isEqualTo(new ResponseDecision.Stream(encoded(20), body, 20, RangeSupport.SUPPORTED));
    assertThat(ResponseDecision.of(whole(encoded(20)), rest(5, encoded(20))))
        .isInstanceOf(ResponseDecision.Alone.class);
  }

  @Test
  void anotherEncodingIsAnotherVersion() {
    assertAnew(ResponseDecision.of(part(strong(20), 5, 20), rest(5, encoded(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(part(encoded(20), 5, 20), rest(5, strong(20))), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(strong(20)), rest(0, encoded(20))), Why.CHANGED);
  }

  @Test
  void anotherDateUnderTheSameTagIsAnotherVersion() {
    Version then = strong(20).withLastModified(Optional.of(MODIFIED));
    Version now = strong(20).withLastModified(Optional.of(LATER));
    assertAnew(ResponseDecision.of(part(now, 5, 20), rest(5, then)), Why.CHANGED);
    assertAnew(ResponseDecision.of(whole(now), rest(0, then)), Why.CHANGED);
  }

  @Test
  void encodedContentOfAnotherSizeThanTheManifestFails() {
    assertGivenUp(ResponseDecision.of(whole(encoded(7)), sized(20)), Failure.Changed.class);
  }

  @Test
  void theFirstResponseContradictsNothing() {
    assertThat(ResponseDecision.of(whole(encoded(20)), first()))
        .isEqualTo(new ResponseDecision.Stream(encoded(20), body, 20, RangeSupport.UNKNOWN));
    assertThat(ResponseDecision.of(whole(encoded(20)), plain(Version.UNKNOWN)))
        .isInstanceOf(ResponseDecision.Stream.class);
  }

  // 14, 16: no length.

  @Test
  void contentWithoutALengthHasAnOpenEnd() {
    assertThat(ResponseDecision.of(wholeWithoutRanges(none(-1)), plain(Version.UNKNOWN)))
        .isEqualTo(
            new ResponseDecision.Stream(none(-1), body, SegmentMap.OPEN, RangeSupport.UNKNOWN));
    assertThat(ResponseDecision.of(whole(none(-1)), sized(20)))
        .isInstanceOf(ResponseDecision.Stream.class);
  }

  // 17: the empty file.

  @Test
  void anEmptyFileIsContent() {
    assertThat(ResponseDecision.of(whole(strong(0)), plain(Version.UNKNOWN)))
        .isEqualTo(new ResponseDecision.Stream(strong(0), body, 0, RangeSupport.UNKNOWN));
  }

  // 19: other content under the same URL.

  @Test
  void aFileOfAnotherSizeThanTheManifestFails() {
    assertGivenUp(ResponseDecision.of(whole(strong(21)), sized(20)), Failure.Changed.class);
    assertGivenUp(ResponseDecision.of(part(strong(21), 0, 21), sized(20)), Failure.Changed.class);
    assertThat(ResponseDecision.of(whole(strong(20)), sized(20)))
        .isInstanceOf(ResponseDecision.Stream.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 451, 501, 0})
  void aRefusalFailsTheFile(int status) {
    assertGivenUp(ResponseDecision.of(http(status), rest(5, strong(20))), Failure.Http.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aServerErrorIsRepeated(int status) {
    assertThat(ResponseDecision.of(http(status), first()))
        .isInstanceOf(ResponseDecision.Repeat.class);
  }

  @Test
  void networkFailuresAreRepeatedAndCertificateErrorsAreNot() {
    assertThat(ResponseDecision.of(new FetchResponse.Failed(new Failure.Reset(""), false), first()))
        .isEqualTo(new ResponseDecision.Repeat(new Failure.Reset("")));
    assertGivenUp(
        ResponseDecision.of(new FetchResponse.Failed(new Failure.Tls(""), false), first()),
        Failure.Tls.class);
  }

  @Test
  void aRedirectIsRejected() {
    FetchResponse redirect = new FetchResponse.Redirect(302, URI.create("http://h/b"));
    assertThatIllegalStateException().isThrownBy(() -> ResponseDecision.of(redirect, first()));
  }

  /** A decision reads and closes nothing. */
  private static final class Untouched implements BodyChannel {
    @Override
    public ByteBuffer lend() {
      throw new AssertionError("read");
    }

    @Override
    public boolean isOpen() {
      throw new AssertionError("asked");
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }
}
