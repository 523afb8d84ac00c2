package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.web.TestClient.Reply;
import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.NginxProcess;
import dev.bulkdl.testkit.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jar behind a real nginx, which has the recipe of docs/serve.md as it stands there; only
 * the port and the path are others. nginx speaks TLS, on another port than the usual one.
 */
class BehindNginxIT {

  private static final Path DOCUMENT = Path.of("docs", "serve.md");
  private static final Pattern RECIPE =
      Pattern.compile("\n```\n((?:(?!```).)*location /bulkdl/ \\{.*?)\n```\n", Pattern.DOTALL);
  private static final Pattern MAP = Pattern.compile("# in http \\{ \\}: +(map .*)");
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"");
  private static final Pattern LISTENING = Pattern.compile("serve is at http://\\S+?:(\\d+)/");
  private static final String PREFIX = "/tools/bulkdl";
  private static final String NAME = "dl.example.org";
  private static final String PASSWORD = "correct horse";
  private static final int BOUND_SECONDS = 60;

  /** Another address of this machine than the one from which nginx asks. */
  private static final String ELSEWHERE = "127.0.0.2";

  @TempDir private Path folder;
  private int daemonPort;
  private BulkdlProcess daemon;
  private NginxProcess nginx;

  @BeforeAll
  static void needsNginx() {
    Programs.orSkip("bulkdl serve behind nginx", "nginx");
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("password"), PASSWORD);
    daemonPort = NginxProcess.freePort();
    String recipe = recipe(Files.readString(DOCUMENT));
    nginx = NginxProcess.start(1, ports -> configuration(ports.getFirst(), recipe));
    daemon =
        JarRun.of("serve", "--state", "state", "--root", "files")
            .and("--listen", "127.0.0.1:" + daemonPort)
            .and("--base-path", PREFIX, "--trusted-proxy", "127.0.0.1/32")
            .and("--public-url", "https://" + NAME + ":" + nginx.port(0))
            .and("--public-url", "https://" + authority())
            .in(folder)
            .env("BULKDL_SETUP_USER", "alice")
            .env("BULKDL_SETUP_PASSWORD_FILE", "password")
            .start();
    daemon.awaitStderr(text -> LISTENING.matcher(text).find());
  }

  @AfterEach
  void stop() {
    daemon.close();
    nginx.close();
  }

  /** The recipe with the daemon's port and the path of this test in the place of those in it. */
  private String recipe(String document) {
    Matcher found = RECIPE.matcher(document);
    assertThat(found.find()).as("a recipe for nginx in " + DOCUMENT).isTrue();
    return found
        .group(1)
        .replace("127.0.0.1:8017", "127.0.0.1:" + daemonPort)
        .replace("/bulkdl", PREFIX);
  }

  private static String configuration(int port, String recipe) {
    Matcher map = MAP.matcher(recipe);
    assertThat(map.find()).as("the line for http { } in " + recipe).isTrue();
    return """
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      %s
      server {
        listen 127.0.0.1:%d ssl;
        ssl_certificate "%s";
        ssl_certificate_key "%s";
        %s
      }
    }
    """
        .formatted(map.group(1), port, Certificate.GOOD.pem(), Certificate.GOOD.keyPem(), recipe);
  }

  private String authority() {
    return "127.0.0.1:" + nginx.port(0);
  }

  /** A browser on another machine. */
  private TestClient browser() throws IOException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificate.trusting())
            .localAddress(InetAddress.getByName(ELSEWHERE))
            .build();
    return new TestClient(URI.create("https://" + authority() + PREFIX + "/"), http)
        .with("Origin", "https://" + authority());
  }

  private TestClient signedIn() throws IOException {
    TestClient browser = browser();
    Reply session = browser.signIn("alice", PASSWORD);
    assertThat(session.status()).as(session.body()).isEqualTo(200);
    return browser;
  }

  /** Sends these lines and returns the first line of the answer. */
  private String raw(String... lines) throws IOException {
    try (Socket socket =
        Certificate.trusting().getSocketFactory().createSocket("127.0.0.1", nginx.port(0))) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @Test
  void thePageLoadsAndASignInStays() throws Exception {
    TestClient browser = browser();
    String page = "https://" + authority() + PREFIX;
    Reply moved = browser.get(page);
    assertThat(moved.status()).isIn(301, 308);
    assertThat(moved.header("Location")).isIn(page + "/", PREFIX + "/");
    Reply index = browser.get(page + "/");
    assertThat(index.status()).isEqualTo(200);
    List<String> assets =
        ASSET.matcher(index.body()).results().map(found -> found.group(1)).toList();
    assertThat(assets).hasSizeGreaterThanOrEqualTo(3);
    for (String asset : assets) {
      assertThat(browser.get(page + "/" + asset).status()).as(asset).isEqualTo(200);
    }
    Reply session = browser.signIn("alice", PASSWORD);
    assertThat(session.status()).as(session.body()).isEqualTo(200);
    assertThat(session.header("Set-Cookie"))
        .contains("; Path=" + PREFIX + "/;")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict")
        .contains("; Secure");
    assertThat(browser.post("/tokens", "{\"name\":\"one\"}").status()).isEqualTo(201);
  }

  @Test
  void theOuterNameIsKnownAndAnotherIsRefused() throws IOException {
    String health = "GET " + PREFIX + "/api/v1/health HTTP/1.1";
    String outer = NAME + ":" + nginx.port(0);
    assertThat(raw(health, "Host: " + outer)).startsWith("HTTP/1.1 200");
    assertThat(raw(health, "Host: evil.example")).startsWith("HTTP/1.1 421");
    assertThat(raw(health, "Host: evil.example", "X-Forwarded-Host: " + outer))
        .startsWith("HTTP/1.1 421");
  }

  /** An address that a client makes up stands left of the one that nginx saw. */
  @Test
  void theAuditLogHasTheAddressOfTheClient() throws IOException {
    TestClient browser = signedIn();
    browser.with("X-Forwarded-For", "192.0.2.9").post("/tokens", "{\"name\":\"one\"}");
    Reply audit = browser.get("/audit");
    assertThat(audit.json().path("items").findValuesAsString("address"))
        .as(audit.body())
        .hasSizeGreaterThanOrEqualTo(2)
        .containsOnly(ELSEWHERE);
  }

  /** nginx itself takes 1 MiB. */
  @Test
  void aLargeListGoesThrough() throws IOException {
    String rows =
        IntStream.range(0, 30_000)
            .mapToObj(i -> "file-with-a-long-name-%d.bin,https://%s/%d".formatted(i, NAME, i))
            .collect(Collectors.joining("\n", "filename,url\n", "\n"));
    byte[] list = rows.getBytes(StandardCharsets.UTF_8);
    assertThat(list.length).isGreaterThan(1 << 20);
    Reply added = signedIn().upload("/jobs", "{\"start\":\"held\"}", list, "large.csv");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.json().path("rows").asInt()).isEqualTo(30_000);
  }

  @Test
  void aWebSocketGoesThrough() throws Exception {
    TestClient browser = signedIn();
    CompletableFuture<String> first = new CompletableFuture<>();
    WebSocket socket =
        browser
            .http()
            .newWebSocketBuilder()
            .header("Cookie", browser.header("Cookie"))
            .header("Origin", "https://" + authority())
            .buildAsync(
                URI.create("wss://" + authority() + PREFIX + "/api/v1/events"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket to, CharSequence data, boolean last) {
                    if (data.toString().contains("\"jobs\"")) {
                      first.complete(data.toString());
                    }
                    to.request(1);
                    return null;
                  }

                  @Override
                  public void onError(WebSocket to, Throwable error) {
                    first.completeExceptionally(error);
                  }
                })
            .get(BOUND_SECONDS, TimeUnit.SECONDS);
    socket.sendText("{\"topics\":[\"jobs\"]}", true);
    assertThat(first.get(BOUND_SECONDS, TimeUnit.SECONDS)).contains("snapshot");
    socket.abort();
  }

  /** The stream does not end, so a proxy that gathers what it gets would give nothing. */
  @Test
  void anEventArrivesWhileItsStreamIsOpen() throws Exception {
    TestClient browser = signedIn();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(browser.page() + "api/v1/events?topics=jobs"))
            .header("Accept", "text/event-stream")
            .header("Cookie", browser.header("Cookie"))
            .build();
    CompletableFuture<String> first =
        browser
            .http()
            .sendAsync(request, BodyHandlers.ofLines())
            .thenApplyAsync(BehindNginxIT::snapshot, Background.THREADS);
    try {
      assertThat(first.get(BOUND_SECONDS, TimeUnit.SECONDS)).startsWith("data: ");
    } finally {
      browser.http().shutdownNow();
    }
  }

  private static String snapshot(HttpResponse<Stream<String>> answer) {
    return answer
        .body()
        .filter(line -> line.contains("snapshot"))
        .findFirst()
        .orElse("its end after " + answer.statusCode());
  }
}
