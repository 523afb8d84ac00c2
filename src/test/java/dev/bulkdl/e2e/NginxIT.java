package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Nginx;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Against a server of the real world. */
class NginxIT extends EndToEnd {
  private static final Payload LARGE = new Payload(1, 6 * MIB);
  private static final int SMALL = 200;
  private static final int MOST_REFUSALS = 10;

  @TempDir private Path root;
  private Nginx nginx;
  private final Map<String, Payload> all = new HashMap<>();

  @BeforeAll
  static void needsNginx() {
    Nginx.orSkip("downloads from nginx");
  }

  @BeforeEach
  void start() {
    nginx = Nginx.over(root, "1m");
  }

  @AfterEach
  void stop() {
    nginx.close();
  }

  private void put(String name, Payload payload) {
    payload.writeTo(root.resolve(name));
    all.put(name, payload);
  }

  private JarRun fetching(Function<String, URI> uri, Object... options) {
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    all.keySet().forEach(name -> lines.add(name + "," + uri.apply("/" + name)));
    manifest("files.csv", lines);
    return bulkdl("files.csv").and(options);
  }

  private void assertAllThere(Result result) {
    assertThat(result.exit()).as(result.err()).isZero();
    Trees.assertHolds(out("files").path(), all);
  }

  @Test
  void downloadsPlain() {
    put("large", LARGE);
    put("empty", new Payload(1, 0));
    put("one", new Payload(1, 1));
    assertAllThere(fetching(nginx::uri).run());
    assertThat(out("files").result("large")).containsEntry("proof", "etag");
  }

  @Test
  void downloadsOverTlsWithItsAuthority() {
    put("large", LARGE);
    put("one", new Payload(1, 1));
    assertAllThere(
        fetching(nginx::tlsUri, "--cacert", Certificate.authority(), "--segment-min", "1M").run());
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() {
    put("one", new Payload(1, 1));
    Result result = fetching(nginx::tlsUri).run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(out("files").result("one").get("error")).startsWith("tls: ");
    assertThat(out("files").result("one")).containsEntry("attempts", "1");
    assertThat(result.out()).contains("--cacert");
    assertThat(nginx.accessLog()).isEmpty();
  }

  @Test
  void insecureTakesAnyCertificateAndWarnsOnce() {
    put("one", new Payload(1, 1));
    put("two", new Payload(2, 2));
    Result result = fetching(nginx::tlsUri, "--insecure").run();
    assertAllThere(result);
    assertThat(result.err().lines().filter(line -> line.contains("--insecure"))).hasSize(1);
  }

  @Test
  void fetchesASlowFileOverSeveralConnectionsAtOnce() {
    put("large", LARGE);
    assertAllThere(
        fetching(
                path -> nginx.uri("/slow" + path),
                "-s",
                6,
                "--segment-min",
                "256K",
                "--adaptive",
                "off")
            .run());
    assertThat(out("files").result("large")).containsEntry("segments", "6");
    // The file took longer than a second and has no hash: one HEAD at its end is the closing check.
    assertThat(nginx.accessLog().stream().filter(line -> !line.startsWith("HEAD ")))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(NginxIT::isRanged);
  }

  private static boolean isRanged(String line) {
    return line.contains(" 206 ");
  }

  @Test
  void fetchesTheWholeWhereThereAreNoRanges() {
    put("large", LARGE);
    assertAllThere(fetching(path -> nginx.uri("/noranges" + path), "--segment-min", "1M").run());
    assertThat(out("files").result("large")).containsEntry("segments", "1");
  }

  /** F7: of 60 rows some were lost to a limit of requests, since a refusal used up an attempt. */
  @Test
  void losesNoRowToALimitOfRequests() {
    for (int i = 0; i < 60; i++) {
      put("f" + i, new Payload(i, 500));
    }
    assertAllThere(fetching(path -> nginx.uri("/limited" + path), "--retries", 3).run());
    assertThat(nginx.accessLog()).anyMatch(line -> line.contains(" 429 "));
  }

  /**
   * The number of connections that the server bears is found with few refusals: three at most on a
   * quiet machine. On a busy one a wave more is refused, but not one file after the other.
   */
  @Test
  void findsHowManyConnectionsAServerBears() throws IOException {
    for (int i = 0; i < 40; i++) {
      put("f" + i, new Payload(i, 60 * KIB));
    }
    assertAllThere(fetching(path -> nginx.uri("/few" + path)).run());
    assertThat(nginx.accessLog().stream().filter(line -> line.contains(" 429 ")))
        .hasSizeBetween(1, MOST_REFUSALS);
    JsonNode host = out("files").report().get("hosts").iterator().next();
    assertThat(host.get("connections").get("found").asInt()).isBetween(2, Nginx.FEW);
    assertThat(host.get("connections").get("why").asString()).isIn("refused", "trying");
  }

  /** Nobody knows at first whether 503 is about the file or about too many connections. */
  @Test
  void filesThatAreNeverServedDoNotSlowDownTheOthers() throws IOException {
    nginx.close();
    nginx = Nginx.over(root, "50k");
    List<String> lines = new ArrayList<>(List.of("filename,url"));
    for (int i = 0; i < 160; i++) {
      String name = i % 10 == 3 ? "gone" + i : "f" + i;
      lines.add(name + "," + nginx.uri("/slow/" + name));
      put("f" + i, new Payload(i, 60 * KIB));
    }
    manifest("files.csv", lines);
    assertThat(bulkdl("files.csv").and("--retries", 2).run().exit()).isEqualTo(3);
    JsonNode host = out("files").report().get("hosts").iterator().next();
    assertThat(host.get("connections").get("most").asInt()).isGreaterThan(30);
  }

  @Test
  void keepsConnectionsAliveOverManySmallFiles() throws IOException {
    for (int i = 0; i < SMALL; i++) {
      put("f" + i, new Payload(i, 500));
    }
    assertAllThere(fetching(nginx::uri, "--max-per-host", 4).run());
    assertThat(nginx.accessLog()).hasSize(SMALL);
    assertThat(out("files").report().get("latencyMillis").get("connect").get("count").asInt())
        .isLessThan(SMALL / 10);
    assertThat(Files.exists(out("files").own("failed.csv"))).isFalse();
  }
}
