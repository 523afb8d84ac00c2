package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that wait, over http and https. */
class StallTest {
  private final Payload payload = new Payload(1, 300_000);
  private final TestClient client = new TestClient();
  private FaultServer server;

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stallsAfterJustThoseBytesAndGoesOnWhenTheGateOpens(boolean tls) throws IOException {
    Gate gate = new Gate();
    start(tls, new Fault.Stall(1000, gate));
    try (InputStream body = client.begin(server.uri("/a")).join().body()) {
      assertThat(body.readNBytes(1000)).isEqualTo(payload.bytes(0, 1000));
      gate.awaitArrivals(1);
      assertThat(server.bytesServed()).isEqualTo(1000);
      gate.open();
      assertThat(body.readAllBytes()).isEqualTo(payload.bytes(1000, 300_000));
    }
    assertThat(client.get(server.uri("/a")).body()).isEqualTo(payload.bytes());
    assertThat(server.traffic().connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStallOfNoBytesSendsTheHeaders(boolean tls) {
    start(tls, new Fault.Stall(0));
    assertThat(client.begin(server.uri("/a")).join().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seesThatTheClientWent(boolean tls) throws IOException {
    start(tls, new Fault.Stall(1000));
    InputStream body = client.begin(server.uri("/a")).join().body();
    body.readNBytes(1000);
    body.close();
    server.traffic().awaitNoConnections();
    server.traffic().awaitIdle();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsTheAnswerUntilTheGateOpens(boolean tls) {
    Gate gate = new Gate();
    start(tls, new Fault.HoldBefore(gate));
    var answer = client.begin(server.uri("/a"));
    gate.awaitArrivals(1);
    assertThat(answer).isNotDone();
    gate.tick();
    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void closesInSpiteOfWhoWaits(boolean tls) throws IOException {
    start(tls, new Fault.Stall(1000));
    InputStream body = client.begin(server.uri("/a")).join().body();
    body.readNBytes(1000);
    server.close();
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
  }

  private void start(boolean tls, Fault fault) {
    server = tls ? FaultServer.https() : FaultServer.http();
    server.serve("/a", payload).with("/a", fault);
  }
}
