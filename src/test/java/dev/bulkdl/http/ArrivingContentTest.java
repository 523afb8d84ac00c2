package dev.bulkdl.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses that arrive in one piece, for a client with a limit of one connection. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrivingContentTest {

  private static final String LONG = "/long";
  private static final Step READ = new Step.Read();

  /** Sends these three responses, and then keeps the connection open. */
  private static final Wire THREE =
      Wire.of(READ, say("/a"), READ, say("/bb"), READ, say("/ccc"), new Step.Hold());

  /** Sends the beginning of a long response. */
  private static final Wire BEGINNING = Wire.of(READ, say(LONG, 1000), new Step.Hold());

  private static final Wire ONE = Wire.of(READ, say("/a"), new Step.Hold());

  private JettyClient client;
  private Fetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    client =
        new JettyClient(
            HttpSettings.DEFAULTS,
            Timeouts.DEFAULTS.connect(),
            JettyClient.Allowed.by(new Permits(Limits.FIXED.withMaxConnections(1))),
            "test");
    fetcher = client.forRun(Timeouts.DEFAULTS, took -> {});
  }

  private static Step say(String content) {
    return say(content, content.length());
  }

  private static Step say(String content, int length) {
    return new Step.Say("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + content);
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private BodyChannel get(RawServer server) {
    FetchRequest get =
        new FetchRequest(server.uri("/"), Optional.empty(), Optional.empty(), List.of());
    FetchResponse answer = fetcher.get(get, new Cancellation());
    assertThat(answer).isInstanceOf(FetchResponse.Whole.class);
    return ((FetchResponse.Whole) answer).body();
  }

  private static String text(BodyChannel body) throws IOException {
    StringBuilder all = new StringBuilder();
    for (ByteBuffer lent = body.lend(); lent.hasRemaining(); lent = body.lend()) {
      all.append(US_ASCII.decode(lent));
    }
    return all.toString();
  }

  /** If a response had to be read first, the second request would wait for ever. */
  @Test
  void aSmallResponseFreesItsConnectionBeforeItIsRead() throws IOException {
    try (RawServer server = new RawServer(THREE);
        BodyChannel first = get(server);
        BodyChannel second = get(server);
        BodyChannel third = get(server)) {
      assertThat(text(third)).isEqualTo("/ccc");
      assertThat(text(first)).isEqualTo("/a");
      assertThat(text(second)).isEqualTo("/bb");
      assertThat(server.traffic().connections()).isEqualTo(1);
    }
  }

  @Test
  void aSmallUnreadResponseKeepsItsConnection() throws IOException {
    try (RawServer server = new RawServer(THREE)) {
      get(server).close();
      try (BodyChannel read = get(server)) {
        get(server).close();
        assertThat(text(read)).isEqualTo("/bb");
      }
      assertThat(server.traffic().connections()).isEqualTo(1);
    }
  }

  @Test
  void aLongUnreadResponseIsAborted() throws IOException {
    try (RawServer server = new RawServer(BEGINNING, ONE)) {
      get(server).close();
      try (BodyChannel other = get(server)) {
        assertThat(text(other)).isEqualTo("/a");
      }
      assertThat(server.traffic().connections()).isEqualTo(2);
    }
  }

  @Test
  void theFirstBytesOfALongResponseAreKept() throws IOException {
    try (RawServer server = new RawServer(BEGINNING);
        BodyChannel body = get(server)) {
      assertThat(US_ASCII.decode(body.lend()).toString()).isEqualTo(LONG);
    }
  }
}
