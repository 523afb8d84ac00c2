package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RawServerTest {
  private static final String CRLF = "\r\n";
  private static final Payload TEN = new Payload(1, 10);
  private static final String CONTENT = new String(TEN.bytes(), StandardCharsets.ISO_8859_1);
  private static final String OK = "HTTP/1.1 200 OK" + CRLF;
  private static final String HEAD = OK + "Content-Length: 10" + CRLF + CRLF;
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked" + CRLF + CRLF;

  /** The wire, and everything it sends after one request. */
  static Stream<Arguments> wires() {
    return Stream.of(
        arguments(Wire.closes(), ""),
        arguments(Wire.truncated(TEN, 5), HEAD + CONTENT.substring(0, 5)),
        arguments(Wire.garbage(), "NONSENSE is what this is" + CRLF + CRLF),
        arguments(
            Wire.twoLengths(TEN, 9),
            OK + "Content-Length: 10\r\nContent-Length: 9" + CRLF + CRLF + CONTENT),
        arguments(Wire.noLength(TEN), OK + "Connection: close" + CRLF + CRLF + CONTENT),
        arguments(Wire.pastLength(TEN, "more"), HEAD + CONTENT + "more"),
        arguments(
            Wire.interim(TEN),
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
                + HEAD
                + CONTENT),
        arguments(Wire.cutChunk(TEN, 3), CHUNKED + "a" + CRLF + CONTENT.substring(0, 3)),
        arguments(Wire.noLastChunk(TEN), CHUNKED + "a" + CRLF + CONTENT + CRLF));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void sendsJustTheseBytesAndCloses(Wire wire, String expected) throws IOException {
    try (RawServer server = new RawServer(wire);
        Socket socket = ask(server)) {
      assertThat(rest(socket)).isEqualTo(expected);
      assertThat(server.requests()).extracting(SeenRequest::path).containsExactly("/a");
    }
  }

  @Test
  void givesEachConnectionItsWireAndThenTheLastOne() {
    try (RawServer server = new RawServer(Wire.closes(), Wire.good(TEN));
        TestClient client = new TestClient()) {
      assertThatThrownBy(() -> client.send("POST", server.uri("/a")));
      assertThat(client.get(server.uri("/a"), "Range", "bytes=2-4").body())
          .isEqualTo(TEN.bytes(2, 5));
      assertThat(client.get(server.uri("/a")).body()).isEqualTo(TEN.bytes());
      assertThat(server.traffic().connections()).isEqualTo(2);
    }
  }

  @Test
  void resetsTheConnection() throws IOException {
    try (RawServer server = new RawServer(Wire.resets());
        Socket socket = ask(server)) {
      assertThatThrownBy(() -> rest(socket)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void resetsInMidBodyWhenTheGateOpens() throws IOException {
    Gate gate = new Gate();
    try (RawServer server = new RawServer(Wire.reset(TEN, 5, gate));
        Socket socket = ask(server)) {
      assertThat(read(socket, HEAD.length() + 5)).isEqualTo(HEAD + CONTENT.substring(0, 5));
      gate.open();
      assertThatThrownBy(() -> rest(socket)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void dripsOneByteForEachTick() throws IOException {
    Gate gate = new Gate();
    try (RawServer server = new RawServer(Wire.drippedHeaders(TEN, gate));
        Socket socket = ask(server)) {
      gate.awaitArrivals(1);
      assertThat(socket.getInputStream().available()).isZero();
      gate.tick(4);
      assertThat(read(socket, 4)).isEqualTo("HTTP");
      gate.awaitArrivals(5);
      assertThat(socket.getInputStream().available()).isZero();
      gate.open();
      assertThat(rest(socket)).isEqualTo(HEAD.substring(4) + CONTENT);
    }
  }

  @Test
  void headersDoNotEndUntilTheClientGoes() throws IOException {
    try (RawServer server = new RawServer(Wire.endlessHeaders())) {
      try (Socket socket = ask(server)) {
        assertThat(read(socket, 1 << 20)).hasSize(1 << 20).doesNotContain(CRLF + CRLF);
      }
      server.traffic().awaitNoConnections();
    }
  }

  @Test
  void holdsUntilTheClientGoes() throws IOException {
    try (RawServer server = new RawServer(Wire.stalled(TEN, 5))) {
      try (Socket socket = ask(server)) {
        read(socket, HEAD.length() + 5);
      }
      server.traffic().awaitNoConnections();
      assertThat(server.traffic().bytesServed()).isEqualTo(5);
    }
  }

  @Test
  void closesAsTheSecondRequestArrives() throws IOException {
    try (RawServer server = new RawServer(Wire.closesOnSecond(TEN));
        Socket socket = ask(server)) {
      assertThat(read(socket, HEAD.length() + 10)).isEqualTo(HEAD + CONTENT);
      request(socket);
      assertThat(rest(socket)).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void refusesOrIgnoresConnections() throws IOException {
    try (UnreachablePort refusing = UnreachablePort.refusing();
        UnreachablePort deaf = UnreachablePort.deaf();
        Socket socket = new Socket();
        Socket other = new Socket()) {
      assertThatThrownBy(() -> socket.connect(address(refusing.uri("/")), 30_000))
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> other.connect(address(deaf.uri("/")), 50))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static Socket ask(RawServer server) throws IOException {
    Socket socket = new Socket();
    socket.connect(address(server.uri("/a")));
    request(socket);
    return socket;
  }

  private static void request(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /a HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static InetSocketAddress address(URI uri) {
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static String read(Socket socket, int count) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  private static String rest(Socket socket) throws IOException {
    return read(socket, Integer.MAX_VALUE);
  }
}
