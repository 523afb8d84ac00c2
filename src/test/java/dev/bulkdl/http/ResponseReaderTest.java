package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

  private static final String TRANSFER = "Transfer-Encoding";
  private static final String RANGE = "Content-Range";

  private final BodyChannel body = new NoBody();

  private FetchResponse read(String uri, Optional<ByteRange> range, int status, String... fields) {
    FetchRequest get = new FetchRequest(URI.create(uri), range, Optional.empty(), List.of());
    return ResponseReader.read(get, response(status, fields), body, NOON);
  }

  private static HttpResponse response(int status, String... fields) {
    HttpResponse response = new HttpResponse(null).status(status);
    response.headers(
        headers -> {
          for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
          }
        });
    return response;
  }

  private FetchResponse plain(int status, String... fields) {
    return read("http://h/dir/a", Optional.empty(), status, fields);
  }

  private FetchResponse ranged(int status, String... fields) {
    return read("http://h/dir/a", Optional.of(new ByteRange(5, 10)), status, fields);
  }

  private FetchResponse head(String... fields) {
    FetchRequest get =
        new FetchRequest(
            URI.create("http://h/a"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            FetchRequest.Over.OWN);
    return ResponseReader.read(get, response(200, fields), body, NOON);
  }

  private static Version total(long total) {
    return new Version(
        Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.of(total));
  }

  @Test
  void aWholeResponseHasValidatorsLengthAndBody() {
    FetchResponse answer =
        plain(
            200,
            "ETag",
            "\"v\"",
            "Last-Modified",
            "m",
            "Date",
            "d",
            "Content-Length",
            "10",
            "Accept-Ranges",
            "bytes");
    Version version =
        new Version(Optional.of("\"v\""), Optional.of("m"), Optional.of("d"), OptionalLong.of(10));
    assertThat(answer).isEqualTo(new FetchResponse.Whole(200, version, true, body));
  }

  @Test
  void status203IsAWholeResponse() {
    assertThat(plain(203)).isEqualTo(new FetchResponse.Whole(203, Version.UNKNOWN, false, body));
  }

  @Test
  void acceptsRangesOnlyIfTheServerStatesIt() {
    assertThat(plain(200, "Accept-Ranges", "none"))
        .isEqualTo(new FetchResponse.Whole(200, Version.UNKNOWN, false, body));
  }

  @Test
  void aChunkedResponseHasNoLength() {
    assertThat(plain(200, "Transfer-Encoding", "chunked", "Content-Length", "10"))
        .isEqualTo(new FetchResponse.Whole(200, Version.UNKNOWN, false, body));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "br, br",
    "' GZIP , br', 'gzip,br'",
    "identity, ",
    "IDENTITY, ",
    "'', ",
  })
  void contentEncodingIsRead(String coding, String encoding) {
    assertThat(plain(200, "Content-Encoding", coding))
        .isInstanceOfSatisfying(
            FetchResponse.Whole.class,
            whole ->
                assertThat(whole.version().format().encoding())
                    .isEqualTo(Optional.ofNullable(encoding)));
  }

  @Test
  void contentTypeIsComparedWithoutCaseAndSpaces() {
    assertThat(plain(200, "Content-Type", "Text/HTML; charset=UTF-8"))
        .isInstanceOfSatisfying(
            FetchResponse.Whole.class,
            whole ->
                assertThat(whole.version().format().type()).contains("text/html;charset=utf-8"));
  }

  @Test
  void anEncodedPartNeedsAMatchingLength() {
    assertThat(ranged(206, "Content-Range", "bytes 5-9/20", "Content-Encoding", "gzip"))
        .isInstanceOf(FetchResponse.BrokenRange.class);
    assertThat(
            ranged(
                206,
                "Content-Range",
                "bytes 5-9/20",
                "Content-Encoding",
                "gzip",
                "Content-Length",
                "5"))
        .isInstanceOf(FetchResponse.Part.class);
  }

  @ParameterizedTest
  @CsvSource({"bytes, SUPPORTED", "none, REFUSED", ", UNKNOWN"})
  void aResponseToHeadHasNoBodyButRangeSupport(String ranges, RangeSupport support) {
    assertThat(
            head(
                ranges == null
                    ? new String[] {"Content-Length", "20"}
                    : new String[] {"Content-Length", "20", "Accept-Ranges", ranges}))
        .isEqualTo(new FetchResponse.Described(200, total(20), support));
  }

  @Test
  void aPartHasItsRangeAndTheTotal() {
    assertThat(ranged(206, "Content-Range", "bytes 5-9/20", "Content-Length", "5"))
        .isEqualTo(new FetchResponse.Part(total(20), 5, 10, body));
  }

  @Test
  void aPartCanLeaveOutItsLengthAndTheTotal() {
    assertThat(ranged(206, "Content-Range", "bytes 5-9/*"))
        .isEqualTo(new FetchResponse.Part(Version.UNKNOWN, 5, 10, body));
  }

  @Test
  void aPartHasItsOwnRangeEvenIfOtherBytesWereRequested() {
    assertThat(ranged(206, "Content-Range", "bytes 0-2/20"))
        .isEqualTo(new FetchResponse.Part(total(20), 0, 3, body));
  }

  @Test
  void anUnrequestedPartIsBroken() {
    assertThat(plain(206, "Content-Range", "bytes 0-9/20"))
        .isEqualTo(new FetchResponse.BrokenRange("206 to a request without Range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "bytes */20", "bytes 9-5/20", "bytes 5-9/9"})
  void aPartWithoutAUsableRangeIsBroken(String range) {
    assertThat(ranged(206, "Content-Range", range)).isInstanceOf(FetchResponse.BrokenRange.class);
  }

  @Test
  void aPartWithoutContentRangeIsBroken() {
    assertThat(ranged(206, "Content-Type", "multipart/byteranges; boundary=x"))
        .isInstanceOf(FetchResponse.BrokenRange.class);
  }

  @Test
  void aPartWhoseLengthsDisagreeIsBroken() {
    assertThat(ranged(206, "Content-Range", "bytes 5-9/20", "Content-Length", "6"))
        .isInstanceOf(FetchResponse.BrokenRange.class);
  }

  @Test
  void a416CanStateTheTotal() {
    assertThat(ranged(416, "Content-Range", "bytes */7"))
        .isEqualTo(new FetchResponse.Unsatisfiable(OptionalLong.of(7)));
    assertThat(ranged(416)).isEqualTo(new FetchResponse.Unsatisfiable(OptionalLong.empty()));
    assertThat(ranged(416, "Content-Range", "rubbish"))
        .isEqualTo(new FetchResponse.Unsatisfiable(OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectHasItsTarget(int status) {
    assertThat(plain(status, "Location", "https://other/b"))
        .isEqualTo(new FetchResponse.Redirect(status, URI.create("https://other/b")));
  }

  @ParameterizedTest
  @CsvSource({
    "b, http://h/dir/b",
    "/b?q=1, http://h/b?q=1",
    "../b, http://h/b",
    "//other/b, http://other/b",
    "http://other/a b, http://other/a%20b",
    "' /b ', http://h/b",
    "/b#frag, http://h/b",
    "http://u:p@other/b, http://other/b",
  })
  void aTargetIsResolvedCleanedAndStripped(String location, String target) {
    assertThat(plain(302, "Location", location))
        .isEqualTo(new FetchResponse.Redirect(302, URI.create(target)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://h/x",
        "javascript:1",
        "http:///x",
        "http://[bad",
        "http://h:0/"
      })
  void aTargetWithAnotherSchemeIsAPermanentFailure(String location) {
    assertThat(plain(302, "Location", location))
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Http.class);
              assertThat(failed.failure().isTransient()).isFalse();
              assertThat(failed.stale()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip", "identity", "chunked, chunked", "chunked;a=b"})
  void anUnsupportedTransferCodingFailsAndIsNamed(String coding) {
    assertThat(List.of(plain(200, TRANSFER, coding), ranged(206, TRANSFER, coding)))
        .allSatisfy(answer -> assertNotUnderstood(answer, coding));
  }

  @Test
  void transferCodingsInTwoFieldsAreOneList() {
    assertNotUnderstood(plain(200, TRANSFER, "gzip", TRANSFER, "chunked"), "gzip, chunked");
  }

  private static void assertNotUnderstood(FetchResponse answer, String coding) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> {
              assertThat(failed.failure().text()).contains("Transfer-Encoding: " + coding);
              assertThat(failed.failure().isTransient()).isFalse();
            });
  }

  @Test
  void chunkedIsAcceptedInAnyCase() {
    assertThat(plain(200, TRANSFER, "Chunked")).isInstanceOf(FetchResponse.Whole.class);
  }

  @Test
  void rangesThatDisagreeAreBroken() {
    String first = "bytes 5-9/20";
    assertThat(ranged(206, RANGE, first, RANGE, "bytes 0-4/20"))
        .isEqualTo(new FetchResponse.BrokenRange("206 whose Content-Range fields disagree"));
    assertThat(ranged(206, RANGE, first, RANGE, "rubbish"))
        .isInstanceOf(FetchResponse.BrokenRange.class);
    assertThat(ranged(206, RANGE, first + ", bytes 0-4/20"))
        .isInstanceOf(FetchResponse.BrokenRange.class);
    assertThat(ranged(416, RANGE, "bytes */7", RANGE, "bytes */8"))
        .isEqualTo(new FetchResponse.Unsatisfiable(OptionalLong.empty()));
  }

  @Test
  void twoEqualRangesAreOne() {
    assertThat(ranged(206, RANGE, "bytes 5-9/20", RANGE, "Bytes 5-9/20"))
        .isInstanceOf(FetchResponse.Part.class);
  }

  @Test
  void aRefusedTargetIsShownWithoutItsSecrets() {
    assertThat(plain(302, "Location", "ftp://u:s3cret@h/?token=s3cret"))
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> assertThat(failed.failure().text()).contains("ftp").doesNotContain("s3cret"));
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() {
    assertThat(read("https://h/a", Optional.empty(), 302, "Location", "http://h/a"))
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> assertThat(failed.failure().text()).contains("https to http"));
    assertThat(read("http://h/a", Optional.empty(), 302, "Location", "https://h/a"))
        .isInstanceOf(FetchResponse.Redirect.class);
  }

  @Test
  void aRedirectWithoutATargetIsAFailure() {
    assertThat(plain(302)).isInstanceOf(FetchResponse.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 300, 304, 400, 401, 403, 404, 410, 500, 503, 999})
  void otherStatusesAreFailures(int status) {
    assertThat(plain(status))
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> {
              assertThat(failed.stale()).isFalse();
              assertThat(((Failure.Http) failed.failure()).status()).isEqualTo(status);
              assertThat(failed.failure().text()).contains(Integer.toString(status));
            });
  }

  @Test
  void theReasonPhraseIsOurs() {
    FetchResponse answer = plain(404);
    assertThat(((FetchResponse.Failed) answer).failure().text()).isEqualTo("404 Not Found");
  }

  @Test
  void anErrorCanCarryRetryAfter() {
    FetchResponse answer = plain(503, "Retry-After", "120");
    assertThat(((Failure.Http) ((FetchResponse.Failed) answer).failure()).retryAfter())
        .contains(Duration.ofMinutes(2));
  }
}
