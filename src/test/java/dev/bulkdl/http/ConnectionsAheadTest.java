package dev.bulkdl.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are opened before a request needs them. */
class ConnectionsAheadTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";

  private volatile int wanted;
  private final List<Integer> borne = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.add(resource);
    return resource;
  }

  private Fetcher client() throws IOException {
    JettyClient client =
        new JettyClient(
            new HttpSettings(List.of(), Optional.of(Certificate.authority()), false),
            Timeouts.DEFAULTS.connect(),
            new JettyClient.Allowed(
                () -> 8,
                () -> 8,
                origin -> 0,
                origin -> wanted,
                (origin, count) -> borne.add(count),
                () -> Long.MAX_VALUE),
            "test",
            TlsLibrary::ofJdk);
    return opened(client).forRun(Timeouts.DEFAULTS, took -> {});
  }

  private static CompletableFuture<FetchResponse> get(
      Fetcher fetcher, String scheme, ServerSocket server) {
    URI uri = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/a");
    return CompletableFuture.supplyAsync(
        () ->
            fetcher.get(
                new FetchRequest(uri, Optional.empty(), Optional.empty(), List.of()),
                new Cancellation()),
        task -> Thread.ofVirtual().start(task));
  }

  private ServerSocket listening() throws IOException {
    return opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  private List<Socket> accepted(ServerSocket server, int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(opened(server.accept()));
    }
    return sockets;
  }

  /** Returns the socket that has the request, and moves it to the end of the list. */
  private static Socket asked(List<Socket> sockets) {
    Socket asked =
        Polling.await(
                "the sockets with a request",
                () -> sockets.stream().filter(ConnectionsAheadTest::isReadable).toList(),
                readable -> !readable.isEmpty())
            .getFirst();
    sockets.remove(asked);
    return asked;
  }

  private static boolean isReadable(Socket socket) {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Socket socket) throws IOException {
    socket.getOutputStream().write(ANSWER.getBytes(US_ASCII));
  }

  /** A request, its connection, and the one that was opened ahead beside it. */
  private record Begun(CompletableFuture<FetchResponse> answer, Socket used, Socket spare) {}

  private Begun begin(Fetcher client, ServerSocket server) throws IOException {
    wanted = 2;
    CompletableFuture<FetchResponse> answer = get(client, "http", server);
    List<Socket> sockets = accepted(server, 2);
    Socket used = asked(sockets);
    return new Begun(answer, used, sockets.getFirst());
  }

  private static void assertComplete(CompletableFuture<FetchResponse> answer) {
    assertThat(answer).succeedsWithin(LONG).isInstanceOf(FetchResponse.Whole.class);
  }

  @Test
  void theNextRequestTakesOne() throws IOException {
    ServerSocket server = listening();
    Fetcher client = client();
    Begun first = begin(client, server);
    CompletableFuture<FetchResponse> second = get(client, "http", server);
    answer(asked(new ArrayList<>(List.of(first.spare))));
    answer(first.used);
    assertComplete(first.answer);
    assertComplete(second);
  }

  /** A server closes connections above its limit. Nobody waits for them, so the pool reports it. */
  @Test
  void whatTheServerDoesNotBearIsReportedAndEndsIt() throws IOException {
    ServerSocket server = listening();
    Fetcher client = client();
    Begun first = begin(client, server);
    first.spare.setSoLinger(true, 0); // it ends by a reset
    first.spare.close();
    Polling.await("what was reported", () -> borne, seen -> !seen.isEmpty());
    assertThat(borne).containsExactly(1);
    wanted = 4;
    CompletableFuture<FetchResponse> second = get(client, "http", server);
    Socket only = asked(accepted(server, 1)); // an answer before its request would be refused
    answer(first.used);
    answer(only);
    assertComplete(first.answer);
    assertComplete(second);
    server.setSoTimeout(1);
    assertThat(server).satisfies(ConnectionsAheadTest::hasNoFurther);
  }

  private static void hasNoFurther(ServerSocket server) {
    try (Socket further = server.accept()) {
      throw new AssertionError("a further connection: " + further);
    } catch (java.net.SocketTimeoutException e) {
      // none waits
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's handshake ends only if the client takes its part without a request. */
  @Test
  void theHandshakeOfTlsWaitsForNoRequest() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(Certificate.GOOD.keyStore(), Certificate.password().toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    ServerSocket server =
        opened(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Fetcher client = client();
    wanted = 3;
    CompletableFuture<FetchResponse> first = get(client, "https", server);
    List<Socket> sockets = accepted(server, 3);
    for (Socket socket : sockets) {
      ((SSLSocket) socket).startHandshake();
    }
    List<Integer> requests = new CopyOnWriteArrayList<>();
    for (Socket socket : sockets) {
      Thread.ofVirtual().start(() -> serve(socket, requests));
    }
    assertComplete(first);
    assertComplete(get(client, "https", server));
    assertThat(requests).hasSize(2);
  }

  /** Not for ever over connections whose handshake has failed before the request took them. */
  @Test
  void aRequestLearnsThatTheCertificateIsWrong() throws IOException {
    wanted = 8;
    Fetcher client = client();
    try (FaultServer server = FaultServer.https(Certificate.EXPIRED)) {
      FetchRequest request =
          new FetchRequest(server.uri("/a"), Optional.empty(), Optional.empty(), List.of());
      for (int i = 0; i < 20; i++) {
        assertThat(client.get(request, new Cancellation()))
            .asInstanceOf(type(FetchResponse.Failed.class))
            .extracting(FetchResponse.Failed::failure)
            .isInstanceOf(Failure.Tls.class);
      }
    }
  }

  private static void serve(Socket socket, List<Integer> requests) {
    try {
      while (socket.getInputStream().read() >= 0) {
        while (socket.getInputStream().available() > 0) {
          socket.getInputStream().skipNBytes(socket.getInputStream().available());
        }
        requests.add(1);
        answer(socket);
      }
    } catch (IOException e) {
      // the test is over
    }
  }
}
