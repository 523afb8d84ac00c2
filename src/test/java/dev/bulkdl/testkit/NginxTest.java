package dev.bulkdl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {
  @TempDir private Path folder;

  @BeforeAll
  static void needsNginx() {
    Nginx.orSkip("the test kit's nginx");
  }

  @Test
  void servesAFolderPlainAndWithTls() {
    Payload payload = new Payload(1, 100_000);
    payload.writeTo(folder.resolve("a"));
    try (Nginx nginx = Nginx.over(folder, "10m");
        TestClient client = new TestClient()) {
      assertThat(client.get(nginx.uri("/a")).body()).isEqualTo(payload.bytes());
      assertThat(client.get(nginx.tlsUri("/slow/a")).body()).isEqualTo(payload.bytes());
      assertThat(client.get(nginx.uri("/a"), "Range", "bytes=5-9").statusCode()).isEqualTo(206);
      assertThat(client.get(nginx.uri("/noranges/a"), "Range", "bytes=5-9").statusCode())
          .isEqualTo(200);
      assertThat(nginx.accessLog()).startsWith("GET /a 200 100000 \"-\"");
    }
  }
}
