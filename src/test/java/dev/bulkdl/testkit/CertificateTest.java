package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {
  private final Payload payload = new Payload(1, 100_000);

  @Test
  void aClientThatTrustsTheAuthorityGetsTheContent() {
    try (FaultServer server = FaultServer.https().serve("/a", payload);
        TestClient client = new TestClient()) {
      URI uri = server.uri("/a");
      assertThat(uri).hasScheme("https");
      assertThat(client.get(uri).body()).isEqualTo(payload.bytes());
      assertThat(server.traffic().connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"EXPIRED, NotAfter", "WRONG_HOST, No subject alternative names"})
  void otherCertificatesAreRefusedForTheirOwnReason(Certificate certificate, String reason) {
    try (FaultServer server = FaultServer.https(certificate).serve("/a", payload);
        TestClient client = new TestClient()) {
      assertThatThrownBy(() -> client.get(server.uri("/a"))).hasStackTraceContaining(reason);
    }
  }

  @Test
  void writesPemFiles() {
    assertThat(Certificate.authority()).content().startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(Certificate.GOOD.pem()).content().contains("-----END CERTIFICATE-----\n-----BEGIN");
    assertThat(Certificate.GOOD.keyPem()).content().startsWith("-----BEGIN PRIVATE KEY-----");
  }
}
