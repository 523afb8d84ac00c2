package dev.bulkdl.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.JarRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The daemon and its client as two processes of the real jar. */
class ServeIT {

  private static final Pattern PAGE = Pattern.compile("serve is at (https?://\\S+/)");
  private static final Pattern CODE = Pattern.compile("setup code: ([a-z0-9-]+)");
  private static final byte[] CONTENT = "content".repeat(500).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private HttpServer origin;

  @BeforeEach
  void open() throws IOException {
    origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    origin.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    origin.start();
  }

  @AfterEach
  void close() {
    origin.stop(0);
  }

  private JarRun serve(Object... more) {
    return JarRun.of("serve", "--state", "state", "--root", "files").and(more).in(folder);
  }

  private static String found(Pattern pattern, BulkdlProcess process) {
    process.awaitStderr(text -> pattern.matcher(text).find());
    Matcher found = pattern.matcher(process.stderr());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> post(String uri, String json, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void fromTheSetupCodeToFilesAndOverARestart() throws Exception {
    String token;
    String id;
    try (BulkdlProcess daemon =
        serve("--listen", "127.0.0.1:0", "--allow-network", "127.0.0.0/8").start()) {
      String page = found(PAGE, daemon);
      String code = found(CODE, daemon);
      HttpResponse<String> setup =
          post(
              page + "api/v1/setup",
              "{\"code\":\"" + code + "\",\"name\":\"alice\",\"password\":\"correct horse\"}");
      assertThat(setup.statusCode()).isEqualTo(201);
      String cookie = setup.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
      String guard = new JsonMapper().readTree(setup.body()).path("token").stringValue();
      HttpResponse<String> made =
          post(
              page + "api/v1/tokens",
              "{\"name\":\"cli\",\"scopes\":[\"admin\"]}",
              "Cookie",
              cookie,
              "X-Bulkdl-Token",
              guard);
      token = new JsonMapper().readTree(made.body()).path("token").stringValue();
      String url = "http://127.0.0.1:" + origin.getAddress().getPort() + "/file.bin";
      Files.writeString(folder.resolve("list.csv"), "filename,url\none.bin," + url + "\n");
      JarRun job = JarRun.of("job").in(folder).env("BULKDL_TOKEN", token).quick();
      Result added = job.and("add", "list.csv", "--name", "first", "--server", page).run();
      assertThat(added.err()).isEmpty();
      assertThat(added.exit()).isZero();
      id = added.out().split(" ")[0];
      Result watched = job.and("watch", id, "--server", page).run();
      assertThat(watched.exit()).describedAs(watched.out() + watched.err()).isZero();
      assertThat(watched.out()).contains("done").contains("1 of 1 files");
      assertThat(folder.resolve("files/alice/list/one.bin"))
          .satisfiesAnyOf(
              there -> assertThat(there).hasBinaryContent(CONTENT),
              other ->
                  assertThat(folder.resolve("files/alice/first/one.bin"))
                      .hasBinaryContent(CONTENT));
      Result second = serve("--listen", "127.0.0.1:0").quick().run();
      assertThat(second.exit()).isEqualTo(2);
      assertThat(second.err()).contains("used by another daemon").contains("--state");
      Result refused = job.and("pause", "nothing", "--server", page).run();
      assertThat(refused.exit()).isEqualTo(1);
      daemon.signal("TERM");
      Result stopped = daemon.awaitExit();
      assertThat(stopped.exit()).isZero();
      assertThat(stopped.err()).contains("the next start goes on");
    }
    try (BulkdlProcess daemon = serve("--listen", "127.0.0.1:0", "--base-path", "/x").start()) {
      String page = found(PAGE, daemon);
      assertThat(page).endsWith("/x/");
      assertThat(daemon.stderr()).doesNotContain("setup code");
      Result listed =
          JarRun.of("job", "list", "--server", page, "--json")
              .in(folder)
              .env("BULKDL_TOKEN", token)
              .quick()
              .run();
      assertThat(listed.err()).isEmpty();
      assertThat(listed.out()).contains(id).contains("\"state\":\"done\"");
    }
  }

  /** A daemon with the user alice, who may download from this machine. */
  private JarRun serveAlice(Object... more) throws IOException {
    Files.writeString(folder.resolve("password"), "correct horse\n");
    return serve("--listen", "127.0.0.1:0", "--allow-network", "127.0.0.0/8")
        .and(more)
        .env("BULKDL_SETUP_USER", "alice")
        .env("BULKDL_SETUP_PASSWORD_FILE", "password");
  }

  private static HttpResponse<String> signIn(HttpClient client, String page) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page + "api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"alice\",\"password\":\"correct horse\"}"))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** Begins a job whose file waits in its middle, and another one that waits for the first. */
  private BulkdlProcess draining(CountDownLatch asked, CountDownLatch goOn) throws Exception {
    origin.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          asked.countDown();
          awaitQuietly(goOn);
          exchange.getResponseBody().write(CONTENT, 1000, CONTENT.length - 1000);
          exchange.close();
        });
    BulkdlProcess daemon = serveAlice("--drain", "--max-jobs", 1).start();
    String page = found(PAGE, daemon);
    HttpResponse<String> session = signIn(HttpClient.newHttpClient(), page);
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    String guard = new JsonMapper().readTree(session.body()).path("token").stringValue();
    for (String name : new String[] {"slow", "later"}) {
      String url = "http://127.0.0.1:" + origin.getAddress().getPort() + "/" + name;
      String job = "{\"name\":\"%s\",\"urls\":[\"%s\"]}".formatted(name, url);
      HttpResponse<String> added =
          post(page + "api/v1/jobs", job, "Cookie", cookie, "X-Bulkdl-Token", guard);
      assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    }
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    daemon.signal("TERM");
    daemon.awaitStderr(text -> text.contains("waiting for those that run"));
    // It is there for those who look.
    assertThat(signIn(HttpClient.newHttpClient(), page).statusCode()).isEqualTo(200);
    return daemon;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> finished() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("files"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> List.of("slow", "later").contains(name))
          .toList();
    }
  }

  @Test
  void drainingLetsTheRunningJobEndAndStartsNoOther() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (BulkdlProcess daemon = draining(new CountDownLatch(1), goOn)) {
      goOn.countDown();
      Result stopped = daemon.awaitExit();
      assertThat(stopped.exit()).as(stopped.err()).isZero();
      assertThat(finished()).containsExactly("slow");
    }
  }

  @Test
  void aSecondSignalEndsTheDraining() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (BulkdlProcess daemon = draining(new CountDownLatch(1), goOn)) {
      daemon.signal("TERM");
      Result stopped = daemon.awaitExit();
      assertThat(stopped.exit()).as(stopped.err()).isZero();
      assertThat(stopped.err()).contains("the next start goes on");
      assertThat(finished()).isEmpty();
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void itSpeaksTlsWithTheGivenCertificate() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(Certificate.trusting()).build();
    try (BulkdlProcess daemon =
        serveAlice("--tls-cert", Certificate.GOOD.pem(), "--tls-key", Certificate.GOOD.keyPem())
            .start()) {
      String page = found(PAGE, daemon);
      assertThat(page).startsWith("https://127.0.0.1:");
      HttpResponse<String> session = signIn(client, page);
      assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
      assertThat(session.headers().firstValue("Set-Cookie").orElse("")).contains("; Secure");
      KeyStore given = Certificate.GOOD.keyStore();
      assertThat(session.sslSession().orElseThrow().getPeerCertificates()[0])
          .isEqualTo(given.getCertificate(given.aliases().nextElement()));
      JarRun list = JarRun.of("job", "list", "--server", page).env("BULKDL_TOKEN", "x").quick();
      assertThat(list.run().err()).contains("not trusted; --cacert FILE");
      assertThat(list.and("--cacert", Certificate.authority()).run().err()).contains("HTTP 401");
    }
  }

  @Test
  void aWrongCertificateOrKeyIsNamed() throws IOException {
    Path certificate = Certificate.GOOD.pem();
    Path key = Certificate.GOOD.keyPem();
    Path old = folder.resolve("old.key");
    Files.writeString(old, Files.readString(key).replace(" PRIVATE", " EC PRIVATE"));
    Path broken = folder.resolve("broken.key");
    Files.writeString(broken, "-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n");
    Path noise = folder.resolve("noise.pem");
    Files.write(noise, new byte[] {(byte) 0xff, 0, 1, 2});
    Path missing = folder.resolve("missing.pem");
    Object[][] wrong = {
      {missing, key, "missing.pem: no such file"},
      {certificate, missing, "missing.pem: no such file"},
      {noise, key, "noise.pem has no certificate"},
      {key, key, "has no certificate"},
      {certificate, noise, "noise.pem has no key"},
      {certificate, old, "openssl pkcs8 -topk8"},
      {certificate, broken, "broken.key has a key that cannot be read"},
      {certificate, Certificate.EXPIRED.keyPem(), "expired.key is not the key of"},
    };
    for (Object[] each : wrong) {
      Result refused = serve("--tls-cert", each[0], "--tls-key", each[1]).quick().run();
      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err())
          .contains("--tls-cert")
          .contains(each[2].toString())
          .doesNotContain("Exception");
    }
  }

  @Test
  void s1WithoutAUserItListensOnThisMachineOnly() throws IOException {
    Result refused = serve("--listen", "0.0.0.0:0").quick().run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("--listen 127.0.0.1").contains("bulkdl user add NAME");
    Path password = folder.resolve("password");
    Files.writeString(password, "correct horse\n");
    Result added =
        JarRun.of("user", "add", "alice", "--role", "admin", "--password-file", "password")
            .and("--state", "state", "--root", "files")
            .in(folder)
            .quick()
            .run();
    assertThat(added.exit()).describedAs(added.err()).isZero();
    Result list =
        JarRun.of("user", "list", "--state", "state", "--root", "files").in(folder).quick().run();
    assertThat(list.out()).contains("alice").contains("admin").contains("enabled");
    try (BulkdlProcess daemon = serve("--listen", "0.0.0.0:0").start()) {
      found(PAGE, daemon);
    }
  }

  @Test
  void s25TheStateIsNeverInsideTheRoot() {
    Result refused =
        JarRun.of("serve", "--state", "files/state", "--root", "files").in(folder).quick().run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("must not lie in one another");
  }

  @Test
  void wrongSettingsAreNamed() {
    for (String[] wrong :
        new String[][] {
          {"--listen", "nowhere"},
          {"--base-path", "x y"},
          {"--public-url", "dl.example.org"},
          {"--trusted-proxy", "proxy"},
          {"--allow-network", "home"},
          {"--tls-cert", "x"}
        }) {
      Result refused = serve((Object[]) wrong).quick().run();
      assertThat(refused.exit()).as(wrong[0]).isEqualTo(2);
      assertThat(refused.err()).contains("--").doesNotContain("Exception");
    }
    Result none = JarRun.of("job", "list").in(folder).quick().run();
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("BULKDL_TOKEN");
  }
}
