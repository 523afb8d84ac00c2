package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.user.Role;
import dev.bulkdl.testkit.Background;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S-31: clients that take places and ask nothing. Each of them sends a byte now and then. */
class SlowClientsTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int PLACES = 40;
  private static final long BOUND_SECONDS = 60;

  /** Seldom enough that the headers do not become too long meanwhile. */
  private static final int ROUNDS_OF_A_BYTE = 3;

  private static final String HEADERS =
      "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
  private static final String BODY =
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1000000\r\n\r\n";

  @TempDir private Path folder;
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Opens connections that send this. The latch counts those that the server has ended. */
  private CountDownLatch slow(TestSite site, int count, String begin) throws IOException {
    CountDownLatch ended = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
      sockets.add(socket);
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // a reset ends it too
                }
                ended.countDown();
              });
    }
    return ended;
  }

  /** All send one more byte and others are served, until so many are ended. */
  private void dripUntil(TestSite site, CountDownLatch ended, int left) {
    TestClient alice = site.signedIn("alice");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    for (int round = 0; ended.getCount() > left && System.nanoTime() < end; round++) {
      if (round % ROUNDS_OF_A_BYTE == 0) {
        sockets.forEach(SlowClientsTest::drip);
      }
      assertThat(alice.get("/jobs").status()).isEqualTo(200);
      assertThat(new TestClient(site.page()).get("/health").status()).isEqualTo(200);
    }
    assertThat(ended.getCount()).as("slow clients that are there").isLessThanOrEqualTo(left);
    assertThat(site.bugs()).isEmpty();
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      // ended
    }
  }

  @Test
  void headersThatDripEndInBoundedTime() throws IOException {
    try (TestSite site = TestSite.open(folder, new WebServer.Bounds(1000, SHORT, 100))) {
      site.add("alice", Role.READ);
      dripUntil(site, slow(site, PLACES, HEADERS), 0);
    }
  }

  @Test
  void aConnectionThatHasAskedOnceIsNoExceptionEither() throws IOException {
    try (TestSite site = TestSite.open(folder, new WebServer.Bounds(1000, SHORT, 100))) {
      site.add("alice", Role.READ);
      String asked = "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
      dripUntil(site, slow(site, PLACES, asked + HEADERS), 0);
    }
  }

  /** There are more of them than places, and their time is not over. */
  @Test
  void othersAreServedWhenAllPlacesAreTaken() throws Exception {
    try (TestSite site = TestSite.open(folder, new WebServer.Bounds(PLACES, LONG, 100))) {
      site.add("alice", Role.READ);
      var opened = Background.start(() -> opened(site, 5 * PLACES));
      dripUntil(site, opened.get(BOUND_SECONDS, TimeUnit.SECONDS), PLACES);
    }
  }

  private CountDownLatch opened(TestSite site, int count) {
    try {
      return slow(site, count, HEADERS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** No body of a test comes that fast. */
  @Test
  void bodiesThatDripEndInBoundedTime() throws IOException {
    WebServer.Bounds bounds = new WebServer.Bounds(1000, SHORT, 1L << 40);
    try (TestSite site = TestSite.open(folder, bounds)) {
      site.add("alice", Role.READ);
      // Others do not send the name and password of this one so slowly.
      dripUntil(site, slow(site, 20, BODY), 0);
    }
  }
}
