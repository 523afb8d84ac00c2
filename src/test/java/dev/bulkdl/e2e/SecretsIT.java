package dev.bulkdl.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials reach their own origin and nobody else. */
class SecretsIT extends EndToEnd {
  private static final String PASSWORD = "pa55-w0rd";
  private static final String TOKEN = "t0ken-of-query";
  private static final String HEADER = "h34der-value";
  private static final String BASIC =
      Base64.getEncoder().encodeToString(("alice:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final List<String> SECRETS = List.of(PASSWORD, TOKEN, HEADER, BASIC);
  private static final Payload LARGE = new Payload(1, 4 * MIB);

  private String secretUrl(String path) {
    return server.origin().replace("://", "://alice:" + PASSWORD + "@") + path + "?token=" + TOKEN;
  }

  private JarRun withHeader(Object... arguments) {
    return bulkdl(arguments)
        .and("--header", "X-Api-Key: " + HEADER, "--retries", 1, "--retry-delay", "1ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--json", "--log-format=json", "-v --insecure --log-format=json"})
  void areInNoOutputAndNoFileButFailedCsv(String options) throws IOException {
    server.serve("/a", LARGE).serve("/busy", LARGE).serve("/loop", LARGE);
    server.always("/busy", new Fault.Status(503));
    server.always("/loop", new Fault.Redirect(302, "/loop?token=" + TOKEN + "&n={n}"));
    manifest(
        "files.csv",
        "filename,url",
        "a," + secretUrl("/a"),
        "gone," + secretUrl("/gone"),
        "busy," + secretUrl("/busy"),
        "loop," + secretUrl("/loop"),
        "dns,http://alice:" + PASSWORD + "@no-such-host.invalid/?token=" + TOKEN);
    Result result =
        bulkdl("files.csv", "--retries", 1, "--retry-delay", "1ms")
            .and("--header-for", URI.create(server.origin()).getAuthority(), "X-Api-Key: " + HEADER)
            .and((Object[]) options.split(" "))
            .run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(server.requests("/a").getFirst().header("X-Api-Key")).contains(HEADER);
    assertThat(server.requests("/a").getFirst().header("Authorization")).contains("Basic " + BASIC);
    assertThat(server.requests("/a").getFirst().query()).isEqualTo("token=" + TOKEN);
    assertThat(result.out()).doesNotContain(SECRETS);
    assertThat(result.err()).doesNotContain(SECRETS);
    assertNoFileHoldsASecret();
    Path failed = out("files").own("failed.csv");
    assertThat(Files.readString(failed)).contains(secretUrl("/gone"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(failed)))
        .isEqualTo("rw-------");
  }

  @Test
  void areInNoJournalOfAKilledRun() throws IOException {
    server.serve("/a", LARGE).always("/a", new Fault.Stall(MIB));
    manifest("files.csv", "filename,url", "a," + secretUrl("/a"));
    killAfter(2 * MIB, "/a", withHeader("files.csv", "--segment-min", "1M"));
    assertThat(out("files").file("a.part.journal")).isNotEmptyFile();
    assertNoFileHoldsASecret();
  }

  @Test
  void goToTheManifestsOriginOnly() {
    try (FaultServer other = FaultServer.http()) {
      other.serve("/b", LARGE);
      server.always("/a", new Fault.Redirect(302, other.uri("/b?signature=" + TOKEN).toString()));
      manifest("files.csv", "filename,url", "a," + secretUrl("/a"));
      Result result = withHeader("files.csv", "-v").and("--header", "Cookie: k=" + HEADER).run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(server.requests("/a").getFirst().header("X-Api-Key")).contains(HEADER);
      assertThat(other.requests())
          .isNotEmpty()
          .allSatisfy(SecretsIT::assertHasNoCredentials)
          .allSatisfy(request -> assertThat(request.query()).isEqualTo("signature=" + TOKEN));
      assertThat(result.out() + result.err()).doesNotContain(SECRETS);
    }
  }

  private static void assertHasNoCredentials(SeenRequest request) {
    assertThat(request.headers())
        .doesNotContainKeys("Authorization", "X-Api-Key", "Cookie", "Referer");
  }

  /** Another scheme or port is another origin; a redirect back gets them again. */
  @Test
  void areKeptFromOtherOriginsOnTheWayAndShownOnTheWayBack() {
    try (FaultServer other = FaultServer.http();
        FaultServer secure = FaultServer.https()) {
      server.always("/a", new Fault.Redirect(302, other.uri("/b").toString()));
      other.always("/b", new Fault.Redirect(307, secure.uri("/c").toString()));
      secure.serve("/c", LARGE);
      server.always("/d", new Fault.Redirect(308, other.uri("/e").toString()));
      other.always("/e", new Fault.Redirect(301, server.uri("/f").toString()));
      server.serve("/f", LARGE);
      manifest("files.csv", "filename,url", "a," + secretUrl("/a"), "d," + secretUrl("/d"));
      Result result =
          withHeader("files.csv", "--cacert", Certificate.authority())
              .and("--header", "Cookie: k=" + HEADER, "--header", "Authorization: Own " + HEADER)
              .run();
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(other.requests())
          .hasSizeGreaterThan(1)
          .allSatisfy(SecretsIT::assertHasNoCredentials);
      assertThat(secure.requests()).isNotEmpty().allSatisfy(SecretsIT::assertHasNoCredentials);
      assertThat(server.requests("/f"))
          .isNotEmpty()
          .allSatisfy(
              request -> {
                assertThat(request.headers()).doesNotContainKey("Referer");
                assertThat(request.header("Cookie")).contains("k=" + HEADER);
                assertThat(request.header("Authorization")).contains("Own " + HEADER);
              });
    }
  }

  @Test
  void areNotRepeatedByMessagesAboutTheManifest() {
    manifest(
        "files.csv",
        "filename,url",
        "../a," + secretUrl("/a"),
        "b,ftp://alice:" + PASSWORD + "@127.0.0.1/?token=" + TOKEN,
        "c,alice:" + PASSWORD + "@127.0.0.1/c",
        "d," + secretUrl("/d").replaceFirst(":\\d+/", ":99999/"));
    Result result = withHeader("files.csv").run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("line 5").doesNotContain(SECRETS);
    assertThat(withHeader("files.csv", "--skip-bad-rows").run().err()).doesNotContain(SECRETS);
  }

  @Test
  void areNotRepeatedByMessagesAboutTheCommandLine() {
    List<JarRun> runs =
        List.of(
            bulkdl("files.csv", "--header", "X-Api-Key " + HEADER),
            bulkdl("files.csv", "--header", HEADER),
            bulkdl("files.csv", "--header", "X Api Key: " + HEADER),
            bulkdl("files.csv", "--header", "X-Api-Key: " + HEADER + "\rX: y"),
            bulkdl("files.csv").env("BULKDL_HEADER", "X-Api-Key " + HEADER),
            bulkdl("files.csv", "--probe-url", "ftp://alice:" + PASSWORD + "@h/?token=" + TOKEN),
            bulkdl("files.csv", secretUrl("/a")),
            bulkdl(secretUrl("/a")),
            bulkdl("plan", secretUrl("/a")),
            bulkdl("verify", secretUrl("/a")),
            bulkdl("get", "ftp://alice:" + PASSWORD + "@h/?token=" + TOKEN),
            bulkdl("get", "http://alice:" + PASSWORD + "@/?token=" + TOKEN));
    for (JarRun run : runs) {
      Result result = run.run();
      assertThat(result.exit()).as(run.arguments() + result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isNotBlank().doesNotContain(SECRETS);
    }
  }

  /** With an unencoded slash in the password it is no user information any more. */
  @Test
  void areNotRepeatedThoughTheirUrlIsNone() {
    String torn = "http://alice:s3c/ret@h/a";
    manifest("files.csv", "filename,url", "a," + server.uri("/a"));
    List<JarRun> runs =
        List.of(
            bulkdl("files.csv", "--http-proxy", torn),
            bulkdl("files.csv", "--http-proxy", "bob:s3c/ret@h"),
            bulkdl("files.csv").env("https_proxy", torn),
            bulkdl("files.csv", "--probe-url", torn),
            bulkdl(torn),
            bulkdl("files.csv", torn));
    for (JarRun run : runs) {
      Result result = run.run();
      assertThat(result.exit()).as(run.arguments() + result.err()).isEqualTo(2);
      assertThat(result.err()).isNotBlank().doesNotContain("s3c");
    }
  }

  private void assertNoFileHoldsASecret() throws IOException {
    Path failed = out("files").own("failed.csv");
    try (Stream<Path> all = Files.walk(out("files").path())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.equals(failed)) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(SECRETS).as(file.toString()).noneMatch(text::contains);
        }
      }
    }
  }
}
