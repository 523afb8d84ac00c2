package dev.bulkdl.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.model.BodyChannel;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Timeouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that a server says in one breath, to a client that may have one connection. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrivingContentTest {

  private static final String LONG = "/long";

  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;
  private JettyFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    fetcher =
        new JettyFetcher(
            HttpSettings.DEFAULTS,
            Timeouts.DEFAULTS,
            new Permits(Limits.DEFAULTS.withMaxConnections(1)),
            "test",
            delivered -> {});
  }

  @AfterEach
  void stop() throws IOException {
    fetcher.close();
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** To each request its path; to {@link #LONG} that as the beginning of more. */
  private static void serve(Socket socket) {
    try (socket;
        BufferedReader requests =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        if (line.startsWith("GET ")) {
          String path = line.split(" ", -1)[1];
          int length = path.equals(LONG) ? 1000 : path.length();
          String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + path;
          socket.getOutputStream().write(answer.getBytes(US_ASCII));
        }
      }
    } catch (IOException e) {
      // The client has cut it off.
    }
  }

  private BodyChannel get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    Answer answer =
        fetcher.get(
            new Get(uri, Optional.empty(), Optional.empty(), List.of()), new Cancellation());
    assertThat(answer).isInstanceOf(Answer.Whole.class);
    return ((Answer.Whole) answer).body();
  }

  private static String text(BodyChannel body) throws IOException {
    StringBuilder all = new StringBuilder();
    for (ByteBuffer lent = body.lend(); lent.hasRemaining(); lent = body.lend()) {
      all.append(US_ASCII.decode(lent));
    }
    return all.toString();
  }

  /** Where an answer had to be read first, the second request would wait for ever. */
  @Test
  void aSmallAnswerFreesItsConnectionBeforeItIsRead() throws IOException {
    try (BodyChannel first = get("/a");
        BodyChannel second = get("/bb");
        BodyChannel third = get("/ccc")) {
      assertThat(text(third)).isEqualTo("/ccc");
      assertThat(text(first)).isEqualTo("/a");
      assertThat(text(second)).isEqualTo("/bb");
    }
    assertThat(connections).hasValue(1);
  }

  @Test
  void aSmallAnswerThatNobodyReadsCutsNothingOff() throws IOException {
    get("/a").close();
    try (BodyChannel read = get("/bb")) {
      get("/ccc").close();
      assertThat(text(read)).isEqualTo("/bb");
    }
    assertThat(connections).hasValue(1);
  }

  @Test
  void aLongAnswerThatNobodyReadsIsCutOff() throws IOException {
    get(LONG).close();
    try (BodyChannel other = get("/a")) {
      assertThat(text(other)).isEqualTo("/a");
    }
    assertThat(connections).hasValue(2);
  }

  @Test
  void whatArrivedOfALongAnswerIsItsBeginning() throws IOException {
    try (BodyChannel body = get(LONG)) {
      assertThat(US_ASCII.decode(body.lend()).toString()).isEqualTo(LONG);
    }
  }
}
