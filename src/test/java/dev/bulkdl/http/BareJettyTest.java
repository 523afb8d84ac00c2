package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Wire;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults of Jetty's client that bulkdl works around, shown without bulkdl. If one of these tests
 * fails, a newer Jetty has fixed the fault, and the code that the message names can go.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BareJettyTest {

  private static final Step READ = new Step.Read();

  private final HttpClient client = new HttpClient();

  @BeforeEach
  void start() throws Exception {
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
  }

  private static Step say(String fields, String content) {
    return new Step.Say("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 5\r\n\r\n" + content);
  }

  @Test
  void keepsAConnectionWithBytesBehindAResponse() throws Exception {
    Wire wire = Wire.of(READ, say("", "firstEVIL"), READ, say("", "again"), new Step.Hold());
    try (RawServer server = new RawServer(wire, Wire.of(READ, say("", "other")))) {
      assertThat(client.GET(server.uri("/")).getContentAsString()).isEqualTo("first");
      client.GET(server.uri("/"));
      assertThat(server.traffic().connections())
          .as(
              "Jetty %s closes a connection that brought bytes behind an answer:"
                  + " ReusableConnection.Receiver.messageComplete can go",
              Jetty.VERSION)
          .isEqualTo(1);
    }
  }

  /** Jetty's parser accepts any list that ends with chunked, and decodes only the chunks. */
  @Test
  void acceptsTransferCodingsThatItDoesNotDecode() throws Exception {
    Step coded =
        new Step.Say(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n");
    try (RawServer server = new RawServer(Wire.of(READ, coded, new Step.Hold()))) {
      assertThat(client.GET(server.uri("/")).getContentAsString())
          .as(
              "Jetty %s no longer hands out what it has not decoded:"
                  + " ResponseReader.notDecoded can go",
              Jetty.VERSION)
          .isEqualTo("first");
    }
  }
}
