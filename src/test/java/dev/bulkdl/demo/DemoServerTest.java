package dev.bulkdl.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DemoServerTest {

  static final List<DemoFile> ALL = DemoFile.ALL;
  private static final DemoFile ODD = named("odd-1-MiB.bin");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
  private DemoServer server;

  @BeforeEach
  void start() throws IOException {
    server = DemoServer.start(buffers);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void servesWholeFiles(DemoFile file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    HttpResponse<InputStream> response =
        client.send(request("GET", file.name()), BodyHandlers.ofInputStream());
    try (InputStream body = new DigestInputStream(response.body(), digest)) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo(Long.toString(file.size()));
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(file.sha256());
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void tellsOfFilesWithoutTheirContent(DemoFile file) throws Exception {
    HttpResponse<byte[]> response = send("HEAD", file.name(), "Range", "bytes=0-0");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "Content-Length")).isEqualTo(Long.toString(file.size()));
    assertThat(header(response, "ETag")).isEqualTo(file.etag());
    assertThat(header(response, "Last-Modified")).isEqualTo("Wed, 01 Jan 2025 00:00:00 GMT");
    assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=5-, 5, 1048583",
    "bytes=262143-262144, 262143, 262145",
    "bytes=-3, 1048580, 1048583",
    "bytes=1048582-9999999, 1048582, 1048583",
  })
  void servesRanges(String range, int first, int end) throws Exception {
    HttpResponse<byte[]> response = send("GET", ODD.name(), "Range", range);
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(header(response, "Content-Range"))
        .isEqualTo("bytes %d-%d/1048583".formatted(first, end - 1));
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(end - first));
    assertThat(header(response, "ETag")).isEqualTo(ODD.etag());
    assertThat(response.body()).isEqualTo(bytes(ODD, first, end));
  }

  /**
   * Two demos on one machine. The port that is tried first belongs to one of them, or to others.
   */
  @Test
  void aSecondServerGetsAnotherPort() throws IOException {
    try (DemoServer first = DemoServer.start();
        DemoServer second = DemoServer.start()) {
      assertThat(second.root()).isNotEqualTo(first.root());
    }
  }

  @Test
  void refusesRangesOutsideTheFile() throws Exception {
    HttpResponse<byte[]> response = send("GET", ODD.name(), "Range", "bytes=1048583-");
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */1048583");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void noRangeLiesInTheEmptyFile() throws Exception {
    HttpResponse<byte[]> response = send("GET", "empty.txt", "Range", "bytes=0-");
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */0");
  }

  @Test
  void severalRangesGetTheWholeFile() throws Exception {
    HttpResponse<byte[]> response = send("GET", "4-KiB.bin", "Range", "bytes=0-1,5-6");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(4096);
  }

  @Test
  void aRangeIsServedWhileItsConditionHolds() throws Exception {
    for (String validator : List.of(ODD.etag(), "Wed, 01 Jan 2025 00:00:00 GMT")) {
      HttpResponse<byte[]> response =
          send("GET", ODD.name(), "Range", "bytes=7-9", "If-Range", validator);
      assertThat(response.statusCode()).as(validator).isEqualTo(206);
      assertThat(response.body()).isEqualTo(bytes(ODD, 7, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "W/%s", "Wed, 01 Jan 2025 00:00:01 GMT", "nonsense"})
  void theWholeFileIsServedWhereTheConditionFails(String validator) throws Exception {
    HttpResponse<byte[]> response =
        send("GET", ODD.name(), "Range", "bytes=7-9", "If-Range", validator.formatted(ODD.etag()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(bytes(ODD, 0, (int) ODD.size()));
  }

  @Test
  void knowsNoOtherPathsAndMethods() throws Exception {
    assertThat(send("GET", "other.bin").statusCode()).isEqualTo(404);
    assertThat(send("GET", "").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> post = send("POST", "4-KiB.bin");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void everyKindOfAnswerLeavesTheConnectionOpen() throws Exception {
    String requests =
        line("GET", "empty.txt", "")
            + line("HEAD", ODD.name(), "")
            + line("GET", ODD.name(), "Range: bytes=1048573-\r\n")
            + line("GET", ODD.name(), "Range: bytes=9999999-\r\n")
            + line("GET", "other.bin", "")
            + line("GET", "one-byte.bin", "Connection: close\r\n");
    try (Socket socket = new Socket(server.root().getHost(), server.root().getPort())) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(Pattern.compile("HTTP/1.1 (\\d+)").matcher(answers).results())
          .extracting(status -> status.group(1))
          .containsExactly("200", "200", "206", "416", "404", "200");
    }
  }

  @Test
  void clientsThatGoAwayDisturbNobody() throws Exception {
    for (int i = 0; i < 20; i++) {
      client.send(request("GET", "256-MiB.bin"), BodyHandlers.ofInputStream()).body().close();
    }
    assertThat(send("GET", ODD.name()).body()).isEqualTo(bytes(ODD, 0, (int) ODD.size()));
    server.close();
    assertThat(buffers.getLeaks()).as("buffers that were not given back").isEmpty();
  }

  @Test
  void theManifestNamesEveryFileWithSizeAndHash() {
    List<String> lines = server.manifest().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("filename,url,size,sha256");
    assertThat(lines.subList(1, lines.size()))
        .containsExactlyElementsOf(
            ALL.stream()
                .map(
                    file ->
                        String.join(
                            ",",
                            file.name(),
                            server.root() + file.name(),
                            Long.toString(file.size()),
                            file.sha256()))
                .toList());
  }

  @Test
  void isGoneWhenClosed() {
    server.close();
    assertThatThrownBy(() -> send("GET", "empty.txt")).isInstanceOf(ConnectException.class);
  }

  private HttpResponse<byte[]> send(String method, String name, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(method, name, headers), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String method, String name, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(server.root().resolve(name)).method(method, BodyPublishers.noBody());
    return (headers.length == 0 ? builder : builder.headers(headers)).build();
  }

  private static String line(String method, String name, String fields) {
    return method + " /" + name + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  private static DemoFile named(String name) {
    return ALL.stream().filter(file -> file.name().equals(name)).findFirst().orElseThrow();
  }

  private static byte[] bytes(DemoFile file, int first, int end) {
    ByteBuffer buffer = ByteBuffer.allocate(end - first);
    file.content().fill(first, buffer);
    return buffer.array();
  }
}
