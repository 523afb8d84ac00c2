package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultServerTest {
  private final Payload payload = new Payload(1, 300_000);
  private final FaultServer server = FaultServer.http().serve("/a", payload);
  private final TestClient client = new TestClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void servesTheWholePayloadWithStrongValidators() {
    HttpResponse<byte[]> answer = get("/a");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(payload.bytes());
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "Content-Length")).isEqualTo("300000");
    assertThat(header(answer, "ETag")).matches("\"[^\"]+\"");
    assertThat(header(answer, "Last-Modified")).endsWith("GMT");
    assertThat(header(answer, "Date")).endsWith("GMT");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=100-199,100,200",
    "bytes=299999-,299999,300000",
    "bytes=0-,0,300000",
    "bytes=-10,299990,300000",
    "bytes=-999999,0,300000",
    "bytes=5-999999999,5,300000"
  })
  void answersARangeWithJustThatRange(String range, int from, int to) {
    HttpResponse<byte[]> answer = get("/a", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes %d-%d/300000".formatted(from, to - 1));
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(payload.bytes(), from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300000-", "bytes=300000-400000", "bytes=-0"})
  void answers416ToARangeThatItCannotSatisfy(String range) {
    HttpResponse<byte[]> answer = get("/a", "Range", range);
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */300000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=9-5", "bytes=-", "lines=1-2", "bytes=0-1,5-6", "bytes=a-b"})
  void ignoresARangeThatIsNone(String range) {
    assertThat(get("/a", "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void honoursIfRangeWithEtagOrDateButNotWithAWeakEtag() {
    HttpResponse<byte[]> first = get("/a");
    String etag = header(first, "ETag");
    assertThat(ifRange(etag)).isEqualTo(206);
    assertThat(ifRange(header(first, "Last-Modified"))).isEqualTo(206);
    assertThat(ifRange("\"other\"")).isEqualTo(200);
    assertThat(ifRange("W/" + etag)).isEqualTo(200);
    assertThat(ifRange("Wed, 01 Jan 2003 00:00:00 GMT")).isEqualTo(200);
  }

  @Test
  void answersHeadWithTheLengthAndNoContent() {
    HttpResponse<byte[]> answer = client.send("HEAD", server.uri("/a"), "Range", "bytes=0-9");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("300000");
    assertThat(answer.body()).isEmpty();
    assertThat(server.bytesServed()).isZero();
  }

  @Test
  void servesAnEmptyPayload() {
    server.serve("/empty", new Payload(1, 0));
    assertThat(header(get("/empty"), "Content-Length")).isEqualTo("0");
    assertThat(get("/empty", "Range", "bytes=0-").statusCode()).isEqualTo(416);
  }

  @Test
  void answers404WhereItHoldsNothing() {
    assertThat(get("/b").statusCode()).isEqualTo(404);
  }

  @Test
  void recordsRequestsAndCountsBytes() {
    get("/a?x=1", "Range", "bytes=0-99", "Cookie", "k=v");
    get("/a");
    server.awaitRequests(2);
    server.awaitBytesServed("/a", 300_100);
    SeenRequest first = server.requests("/a").getFirst();
    assertThat(first.order()).isEqualTo(1);
    assertThat(first.method()).isEqualTo("GET");
    assertThat(first.query()).isEqualTo("x=1");
    assertThat(first.range()).contains("bytes=0-99");
    assertThat(first.header("cookie")).contains("k=v");
    assertThat(first.connection()).isEqualTo(1);
    assertThat(server.requests()).extracting(SeenRequest::connection).containsExactly(1, 1);
    assertThat(server.traffic().maxInFlight()).isEqualTo(1);
    assertThat(server.bytesServed()).isEqualTo(300_100);
  }

  @Test
  void countsRequestsThatAreAnsweredAtOneTime() {
    Gate gate = new Gate();
    server.serve("/b", payload).always("/a", new Fault.HoldBefore(gate));
    server.always("/b", new Fault.HoldBefore(gate));
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (String path : new String[] {"/a", "/a", "/b"}) {
      all.add(client.begin(server.uri(path)));
    }
    gate.awaitArrivals(3);
    gate.open();
    all.forEach(CompletableFuture::join);
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
    assertThat(server.traffic().maxInFlight("/a")).isEqualTo(2);
    assertThat(server.traffic().maxOpenConnections()).isEqualTo(3);
  }

  @Test
  void comesBackOnTheSamePort() {
    get("/a");
    server.down();
    assertThat(server.traffic().connections()).isEqualTo(1);
    server.traffic().awaitNoConnections();
    assertThatThrownBy(() -> get("/a")).hasCauseInstanceOf(ConnectException.class);
    server.up();
    assertThat(get("/a").statusCode()).isEqualTo(200);
  }

  private int ifRange(String validator) {
    return get("/a", "Range", "bytes=0-9", "If-Range", validator).statusCode();
  }

  private HttpResponse<byte[]> get(String path, String... headers) {
    return client.get(server.uri(path), headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
