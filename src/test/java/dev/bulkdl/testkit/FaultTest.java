package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The effect of each fault as a client sees it. */
class FaultTest {
  private final Payload payload = new Payload(1, 300_000);
  private final FaultServer server = FaultServer.http().serve("/a", payload);
  private final TestClient client = new TestClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** Fault, Range, status, Content-Range, first offset and length of the received content. */
  static Stream<Arguments> rangeFaults() {
    return Stream.of(
        arguments(new Fault.NoRanges(), "bytes=5-9", 200, "", 0, 300_000),
        arguments(new Fault.WrongRangeStart(3), "bytes=5-9", 206, "bytes 8-9/300000", 8, 2),
        arguments(new Fault.WrongRangeStart(-3), "bytes=5-9", 206, "bytes 2-9/300000", 2, 8),
        arguments(new Fault.ShortRange(2), "bytes=5-9", 206, "bytes 5-6/300000", 5, 2),
        arguments(new Fault.NoContentRange(), "bytes=5-9", 206, "", 5, 5),
        arguments(new Fault.WrongTotal(77), "bytes=5-9", 206, "bytes 5-9/77", 5, 5),
        arguments(new Fault.UnknownTotal(), "bytes=5-9", 206, "bytes 5-9/*", 5, 5),
        arguments(new Fault.UnaskedRange(7), "", 206, "bytes 0-6/300000", 0, 7));
  }

  @ParameterizedTest
  @MethodSource("rangeFaults")
  void rangeFaultsChangeJustTheirPartOfTheAnswer(
      Fault fault, String range, int status, String contentRange, int from, int length) {
    server.with("/a", fault);
    HttpResponse<byte[]> answer = range.isEmpty() ? get() : get("Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Range")).isEqualTo(contentRange);
    assertThat(answer.body()).isEqualTo(payload.bytes(from, from + length));
    assertThat(get().body()).isEqualTo(payload.bytes());
  }

  /** Fault, status, and a header. */
  static Stream<Arguments> replies() {
    return Stream.of(
        arguments(new Fault.Status(503), 503, "Content-Length", "11"),
        arguments(new Fault.Status(403, Map.of("X-Why", "no")), 403, "X-Why", "no"),
        arguments(new Fault.RetryAfter(429, 7), 429, "Retry-After", "7"),
        arguments(new Fault.RetryAfter(503, "soon"), 503, "Retry-After", "soon"),
        arguments(new Fault.Redirect(307, "/b?try={n}"), 307, "Location", "/b?try=1"),
        arguments(new Fault.LoginPage(), 200, "Content-Type", "text/html"),
        arguments(new Fault.Unsatisfiable(9), 416, "Content-Range", "bytes */9"));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void repliesTakeTheAnswersPlace(Fault fault, int status, String name, String value) {
    server.always("/a", fault);
    HttpResponse<byte[]> answer = get("Range", "bytes=0-");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, name)).isEqualTo(value);
  }

  @Test
  void retryAfterMayBeADate() {
    server.with("/a", Fault.RetryAfter.dateIn(503, Duration.ofHours(-1)));
    assertThat(header(get(), "Retry-After")).matches("\\w{3}, \\d+ \\w{3} \\d{4} [\\d:]{8} GMT");
  }

  @Test
  void aScriptGivesEachRequestItsFaultAndThenNone() {
    server.with("/a", new Fault.Status(500), Fault.NONE, new Fault.Status(502));
    assertThat(List.of(get(), get(), get(), get()))
        .extracting(HttpResponse::statusCode)
        .containsExactly(500, 200, 502, 200);
  }

  @Test
  void aScriptMayBeForSomeRequestsOnly() {
    server.with("/a", request -> request.start() == 5, new Fault.Status(500));
    assertThat(get().statusCode()).isEqualTo(200);
    assertThat(get("Range", "bytes=0-9").statusCode()).isEqualTo(206);
    assertThat(get("Range", "bytes=5-9").statusCode()).isEqualTo(500);
    assertThat(get("Range", "bytes=5-9").statusCode()).isEqualTo(206);
  }

  @Test
  void mendedPathsHaveNoFaults() {
    assertThat(server.always("/a", new Fault.Status(500)).mend("/a").requests()).isEmpty();
    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void headMayBeRefusedOrWrong() {
    server.with("/a", SeenRequest::isHead, new Fault.HeadNotAllowed(), new Fault.HeadLies(9));
    assertThat(head().statusCode()).isEqualTo(405);
    assertThat(header(head(), "Content-Length")).isEqualTo("9");
    assertThat(header(head(), "Content-Length")).isEqualTo("300000");
  }

  /** Fault, and whether ETag and Last-Modified are present. */
  static Stream<Arguments> versions() {
    return Stream.of(
        arguments(new Fault.NoValidator(), "", ""),
        arguments(new Fault.WeakEtag(), "W/\"[^\"]+\"", ""),
        arguments(new Fault.OnlyLastModified(), "", ".* GMT"),
        arguments(new Fault.JustModified(), "", ".* GMT"),
        arguments(new Fault.EtagPerRequest(), "\"request-1\"", ""),
        arguments(new Fault.EtagPerNode(2), "\"node-1\"", ""));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void versionFaultsChangeTheValidators(Fault fault, String etag, String lastModified) {
    server.with("/a", fault);
    HttpResponse<byte[]> answer = get();
    assertThat(header(answer, "ETag")).matches(etag);
    assertThat(header(answer, "Last-Modified")).matches(lastModified);
    assertThat(answer.body()).isEqualTo(payload.bytes());
  }

  @Test
  void anEtagPerNodeChangesAndComesBack() {
    server.always("/a", new Fault.EtagPerNode(2));
    assertThat(List.of(header(get(), "ETag"), header(get(), "ETag"), header(get(), "ETag")))
        .containsExactly("\"node-1\"", "\"node-0\"", "\"node-1\"");
  }

  @Test
  void ifRangeOfAnotherNodeGetsTheWholeUnlessItIsIgnored() {
    server.always("/a", new Fault.EtagPerRequest());
    assertThat(get("Range", "bytes=1-", "If-Range", "\"request-0\"").statusCode()).isEqualTo(200);
    server.always("/a", new Fault.IgnoreIfRange());
    assertThat(get("Range", "bytes=1-", "If-Range", "\"request-0\"").statusCode()).isEqualTo(206);
  }

  @Test
  void changedContentStaysChanged() {
    Payload other = new Payload(2, 300_000);
    String old = header(get(), "ETag");
    server.with("/a", new Fault.ChangedTo(other));
    assertThat(get("Range", "bytes=9-", "If-Range", old).body()).isEqualTo(other.bytes());
    assertThat(get().body()).isEqualTo(other.bytes());
  }

  @Test
  void encodedContentIsReallyEncoded() throws IOException {
    server.always("/a", new Fault.ContentEncoding("gzip"));
    HttpResponse<byte[]> answer = get();
    assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
        .isEqualTo(payload.bytes());
  }

  @Test
  void chunkedContentTellsNoLength() {
    server.serve("/small", new Payload(1, 10)).always("/small", new Fault.Chunked());
    HttpResponse<byte[]> answer = client.get(server.uri("/small"));
    assertThat(header(answer, "Content-Length")).isEmpty();
    assertThat(header(answer, "Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.body()).hasSize(10);
  }

  @Test
  void severalFaultsMeetInOneAnswer() {
    server.with(
        "/a", Fault.all(new Fault.NoRanges(), new Fault.Chunked(), new Fault.NoValidator()));
    HttpResponse<byte[]> answer = get("Range", "bytes=5-");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEmpty();
    assertThat(header(answer, "ETag")).isEmpty();
  }

  @Test
  void cutsTheConnectionAfterJustThoseBytes() {
    server.with("/a", new Fault.CutAfter(1000));
    InputStream body = client.begin(server.uri("/a")).join().body();
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    assertThat(server.bytesServed()).isEqualTo(1000);
    assertThat(get().body()).isEqualTo(payload.bytes());
  }

  @Test
  void resetsTheConnection() {
    server.with("/a", new Fault.ResetAfter(0));
    assertThatThrownBy(() -> client.begin(server.uri("/a")).join().body().readAllBytes())
        .hasStackTraceContaining("Connection reset");
  }

  @Test
  void throttledContentIsComplete() {
    server.with("/a", new Fault.Throttle(3_000_000));
    assertThat(get().body()).isEqualTo(payload.bytes());
  }

  private HttpResponse<byte[]> head() {
    return client.send("HEAD", server.uri("/a"));
  }

  private HttpResponse<byte[]> get(String... headers) {
    return client.get(server.uri("/a"), headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
