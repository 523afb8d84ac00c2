package dev.bulkdl.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Skip;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with the native library and with the JDK: both check the same. */
class TlsTest {
  private static final Payload PAYLOAD = new Payload(1, 3_000_000);

  private static final Path GLIBC = Path.of("/lib64/ld-linux-x86-64.so.2");

  /** The TLS library. */
  enum By {
    NATIVE,
    JDK;

    TlsLibrary library() {
      return this == NATIVE ? TlsLibrary.fastest() : TlsLibrary.ofJdk();
    }
  }

  /**
   * If the jar has a library for this system (Linux with glibc), it must load; otherwise the test
   * is skipped.
   */
  private static void nativeLibraryOrSkip() {
    if (!Conscrypt.isAvailable() && !Files.exists(GLIBC)) {
      Skip.because(
          "TLS by the native library: Conscrypt has none for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch"));
    }
  }

  private static HttpSettings trusting(Optional<Path> authority, boolean insecure) {
    return new HttpSettings(List.of(), authority, insecure);
  }

  private static JettyClient client(By by, HttpSettings settings) throws IOException {
    if (by == By.NATIVE) {
      nativeLibraryOrSkip();
    }
    return new JettyClient(
        settings,
        Timeouts.DEFAULTS.connect(),
        JettyClient.Allowed.by(new Permits(Limits.FIXED)),
        "test",
        by::library);
  }

  private static FetchResponse get(JettyClient client, FaultServer server) {
    return get(client, server.uri("/a"));
  }

  private static FetchResponse get(JettyClient client, URI uri) {
    return get(client.forRun(Timeouts.DEFAULTS, took -> {}), uri);
  }

  private static FetchResponse get(Fetcher fetcher, URI uri) {
    return fetcher.get(
        new FetchRequest(uri, Optional.empty(), Optional.empty(), List.of()), new Cancellation());
  }

  /** The server's work on its only connection, which it then closes. */
  private interface Talk {
    void over(Socket socket) throws IOException;
  }

  private static URI talking(ServerSocket server, Talk talk) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                talk.over(socket);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/a");
  }

  private static ServerSocket listening(ServerSocketFactory sockets) throws IOException {
    return sockets.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static ServerSocketFactory secured() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(Certificate.GOOD.keyStore(), Certificate.password().toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private static byte[] content(FetchResponse answer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    assertThat(answer).isInstanceOf(FetchResponse.Whole.class);
    try (var body = ((FetchResponse.Whole) answer).body()) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
      while (body.read(buffer.clear()) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
      }
    }
    return all.toByteArray();
  }

  @Test
  void theNativeLibraryLoadsHere() {
    nativeLibraryOrSkip();
    assertThat(TlsLibrary.fastest().provider()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void theTlsLibraryIsReportedOnceAndOnlyForTls(By by) throws IOException {
    TlsListener listener = new TlsListener(new ArrayList<>());
    try (FaultServer plain = FaultServer.http().serve("/a", PAYLOAD);
        FaultServer secure = FaultServer.https().serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.of(Certificate.authority()), false))) {
      Fetcher fetcher = client.forRun(Timeouts.DEFAULTS, listener);
      assertThat(content(get(fetcher, plain.uri("/a")))).isEqualTo(PAYLOAD.bytes());
      assertThat(listener.names()).isEmpty();
      assertThat(content(get(fetcher, secure.uri("/a")))).isEqualTo(PAYLOAD.bytes());
      assertThat(content(get(fetcher, secure.uri("/a")))).isEqualTo(PAYLOAD.bytes());
      assertThat(listener.names()).containsExactly(by.library().name());
    }
  }

  private record TlsListener(List<String> names) implements WireListener {
    @Override
    public void connected(Duration took) {}

    @Override
    public void tlsBegan(String by) {
      names.add(by);
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void contentIsComplete(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.of(Certificate.authority()), false))) {
      assertThat(content(get(client, server))).isEqualTo(PAYLOAD.bytes());
      assertThat(content(get(client, server))).isEqualTo(PAYLOAD.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NATIVE, EXPIRED, NotAfter",
    "JDK, EXPIRED, NotAfter",
    "NATIVE, WRONG_HOST, subject alternative names",
    "JDK, WRONG_HOST, subject alternative names",
  })
  void aWrongCertificateIsRefusedWithItsReason(By by, Certificate certificate, String why)
      throws IOException {
    try (FaultServer server = FaultServer.https(certificate).serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.of(Certificate.authority()), false))) {
      assertRefused(get(client, server), why);
      assertThat(server.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void anUntrustedAuthorityIsRefused(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.empty(), false))) {
      assertRefused(get(client, server), "unable to find valid certification path");
      assertThat(server.requests()).isEmpty();
    }
  }

  private static void assertRefused(FetchResponse answer, String why) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class,
            failed -> {
              assertThat(failed.failure()).isInstanceOf(Failure.Tls.class);
              assertThat(failed.failure().text()).contains(why);
            });
  }

  @ParameterizedTest
  @CsvSource({"NATIVE, EXPIRED", "JDK, EXPIRED", "NATIVE, GOOD"})
  void insecureChecksNoCertificate(By by, Certificate certificate) throws IOException {
    try (FaultServer server = FaultServer.https(certificate).serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.empty(), true))) {
      assertThat(content(get(client, server))).isEqualTo(PAYLOAD.bytes());
    }
  }

  private static void assertFailed(FetchResponse answer, Class<? extends Failure> how) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            FetchResponse.Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(how));
  }

  /** The server can be overloaded or starting, and no certificate was refused. */
  @ParameterizedTest
  @EnumSource(By.class)
  void anEndDuringTheHandshakeIsACut(By by) throws IOException {
    try (ServerSocket server = listening(ServerSocketFactory.getDefault());
        JettyClient client = client(by, trusting(Optional.empty(), false))) {
      URI uri =
          talking(
              server,
              socket -> {
                assertThat(socket.getInputStream().read()).isEqualTo(22); // start of the handshake
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
              });
      assertFailed(get(client, uri), Failure.Reset.class);
    }
  }

  /** RFC 9112, 9.8. */
  @ParameterizedTest
  @EnumSource(By.class)
  void contentThatEndsWithCloseNotifyIsComplete(By by) throws Exception {
    try (ServerSocket server = listening(secured());
        JettyClient client = client(by, trusting(Optional.of(Certificate.authority()), false))) {
      URI uri =
          talking(
              server,
              socket -> {
                BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                assertThat(request.lines().takeWhile(line -> !line.isEmpty())).isNotEmpty();
                String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
              });
      assertThat(content(get(client, uri))).asString(US_ASCII).isEqualTo("all of it");
    }
  }

  /** The server itself refuses a name for which it has no certificate. */
  @ParameterizedTest
  @EnumSource(By.class)
  void insecureChecksNoHostName(By by) throws IOException {
    try (FaultServer server = FaultServer.https(Certificate.WRONG_HOST);
        JettyClient client = client(by, trusting(Optional.empty(), true))) {
      assertFailed(get(client, server), Failure.Http.class);
    }
  }

  /** Records are collected, so that writes to the disk are large. */
  @ParameterizedTest
  @EnumSource(By.class)
  void severalRecordsAreReadAtOnce(By by) throws IOException {
    try (FaultServer server = FaultServer.https().serve("/a", PAYLOAD);
        JettyClient client = client(by, trusting(Optional.of(Certificate.authority()), false))) {
      int largest = 0;
      try (var body = ((FetchResponse.Whole) get(client, server)).body()) {
        for (ByteBuffer lent = body.lend(); lent.hasRemaining(); lent = body.lend()) {
          largest = Math.max(largest, lent.remaining());
          lent.position(lent.limit());
        }
      }
      assertThat(largest).isGreaterThan(64 << 10);
    }
  }
}
