package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.ProxyServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every output of a run is walked for secrets of every kind; only failed.csv may keep URLs. */
class SecretWalkIT extends EndToEnd {
  private static final String USER = "alice:pa55-w0rd";
  private static final String PROXY_USER = "bob:pr0xy-w0rd";
  private static final String HEADER = "h34der-value";
  private static final String SIGNATURE = "s1gnature";
  private static final String QUERY =
      "?X-Amz-Signature=" + SIGNATURE + "&sig=" + SIGNATURE + "&token=" + SIGNATURE;

  private static final List<String> SECRETS =
      List.of("pa55-w0rd", "pr0xy-w0rd", HEADER, SIGNATURE, basic(USER), basic(PROXY_USER));

  private static final Payload LARGE = new Payload(1, 4 * MIB);

  private static String basic(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(String origin, String path) {
    return origin.replace("://", "://" + USER + "@") + path + QUERY;
  }

  /** Completed, failed, redirected, without trust, cut off, killed and continued: all at once. */
  @Test
  void noSecretIsInAnyOutput() throws IOException {
    try (FaultServer untrusted = FaultServer.https();
        ProxyServer proxy =
            new ProxyServer(
                URI.create(server.origin()).getPort(), Optional.of("Basic " + basic(PROXY_USER)))) {
      server.serve("/done", LARGE).serve("/held", LARGE).serve("/target", LARGE);
      server.always("/moved", new Fault.Redirect(302, "http://other.invalid/target" + QUERY));
      server.always("/loop", new Fault.Redirect(302, "/loop" + QUERY + "&n={n}"));
      server.always("/busy", new Fault.Status(503));
      server.with("/held", new Fault.Stall(MIB), new Fault.Stall(MIB), new Fault.Stall(MIB));
      manifest(
          "files.csv",
          "filename,url",
          "held," + secret("http://files.invalid", "/held"),
          "done," + secret("http://files.invalid", "/done"),
          "gone," + secret("http://files.invalid", "/gone"),
          "moved," + secret("http://files.invalid", "/moved"),
          "loop," + secret("http://files.invalid", "/loop"),
          "busy," + secret("http://files.invalid", "/busy"),
          "untrusted," + secret(untrusted.origin(), "/x"),
          "wrong," + secret("http://files.invalid:99999", "/x"),
          "torn,http://alice:pa55-w0rd/@files.invalid/" + QUERY);
      JarRun run =
          bulkdl("files.csv", "--skip-bad-rows", "-v", "--segment-min", "1M", "--retries", 1)
              .and("--retry-delay", "1ms", "--header-for", "files.invalid", "X-Api-Key: " + HEADER)
              .and("--temp-dir", "parts", "--log-file", "log.json", "--log-format", "json")
              .env("http_proxy", "http://" + PROXY_USER + "@127.0.0.1:" + proxy.port());

      try (BulkdlProcess killed = run.start()) {
        server.awaitBytesServed("/held", MIB);
        killed.kill9();
        assertThat(killed.stdout() + killed.stderr()).doesNotContain(SECRETS);
      }
      assertNoFileHoldsASecret();
      server.mend("/held");
      Result result = run.run();

      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      assertThat(out("files").result("held")).containsEntry("status", "completed");
      assertThat(out("files").result("moved")).containsEntry("status", "completed");
      assertThat(out("files").result("untrusted").get("error")).startsWith("tls: ");
      assertThat(proxy.heads()).anyMatch(head -> head.contains(basic(USER)));
      assertThat(proxy.heads()).anyMatch(head -> head.contains(HEADER));
      assertThat(result.out() + result.err()).doesNotContain(SECRETS);
      assertNoFileHoldsASecret();
      assertThat(Files.readString(out("files").own("failed.csv"))).contains(USER, SIGNATURE);
      assertThat(run.and("--json").run().out()).contains("\"files\"").doesNotContain(SECRETS);
    }
  }

  /** Nor is a file that holds URLs readable by others. */
  private void assertNoFileHoldsASecret() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("failed.csv")) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        } else if (!name.equals("files.csv")) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(SECRETS).as(file.toString()).noneMatch(text::contains);
        }
      }
    }
  }
}
