package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a foreign page, a proxy or a broken client makes. */
class BrowserAttacksTest {

  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void open() throws IOException {
    site =
        TestSite.open(
            folder,
            new WebServer.SiteOptions(
                "/dl", List.of(URI.create("https://dl.example.org")), List.of("127.0.0.0/8")));
    site.add("root", Role.ADMIN);
  }

  @AfterEach
  void close() {
    site.close();
    assertThat(site.bugs()).isEmpty();
  }

  /** Sends these lines and returns the whole answer. */
  private String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      String request = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Asks for a WebSocket and returns the first line of the answer. */
  private String upgrade(String host, String... more) throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("GET /dl/api/v1/events HTTP/1.1");
    lines.add("Host: " + host);
    lines.add("Connection: Upgrade");
    lines.add("Upgrade: websocket");
    lines.add("Sec-WebSocket-Version: 13");
    lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    lines.addAll(List.of(more));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      String request = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new java.io.BufferedReader(
              new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  private String get(String path, String host, String... more) throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("GET " + path + " HTTP/1.1");
    lines.add("Host: " + host);
    lines.add("Connection: close");
    lines.addAll(List.of(more));
    return raw(lines.toArray(String[]::new));
  }

  @Test
  void s11AnUnknownHostIsRefusedEverywhere() throws IOException {
    for (String path : new String[] {"/dl/", "/dl/api/v1/health", "/dl/api/v1/metrics", "/"}) {
      for (String host :
          new String[] {
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "10.1.2.3",
            "[::2]",
            "dl.example.org.",
            "dl.example.org@evil"
          }) {
        assertThat(get(path, host))
            .as(path + " " + host)
            .startsWith("HTTP/1.1 4")
            .doesNotContain(" 401 ")
            .doesNotContain(" 404 ");
      }
      assertThat(get(path, "evil.example"))
          .startsWith("HTTP/1.1 421 ")
          .contains("--public-url")
          .contains("application/problem+json");
    }
    assertThat(upgrade("evil.example")).startsWith("HTTP/1.1 421 ");
  }

  @Test
  void s11TheNamesOfTheSiteAreKnown() throws IOException {
    for (String host :
        new String[] {"localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80", "dl.example.org"}) {
      assertThat(get("/dl/api/v1/health", host)).as(host).startsWith("HTTP/1.1 200 ");
    }
  }

  /** A proxy may pass on the name alone. Then the port of the origin is still compared. */
  @Test
  void s11APublicNameIsKnownWithoutItsPort() {
    Site site =
        new Site("", List.of(URI.create("https://dl.example.org:8443")), Networks.NONE, false);
    InetAddress here = InetAddress.getLoopbackAddress();
    for (String host : new String[] {"dl.example.org:8443", "DL.example.org"}) {
      assertThat(site.knows(host, here)).as(host).isTrue();
      assertThat(site.isSecure(host)).as(host).isTrue();
      assertThat(site.isOwnOrigin("https://dl.example.org:8443", host)).as(host).isTrue();
      assertThat(site.isOwnOrigin("https://dl.example.org", host)).as(host).isFalse();
      assertThat(site.isOwnOrigin("http://dl.example.org:8443", host)).as(host).isFalse();
    }
    assertThat(site.knows("dl.example.org:9443", here)).isFalse();
  }

  @Test
  void s12AChangeNeedsTheGuardAndAnOwnOrigin() {
    TestClient root = site.signedIn("root");
    String body = "{\"name\":\"t\"}";
    assertThat(root.without("X-Bulkdl-Token").post("/tokens", body).status()).isEqualTo(403);
    assertThat(root.with("X-Bulkdl-Token", "wrong").post("/tokens", body).status()).isEqualTo(403);
    Reply foreign = root.with("Origin", "https://evil.example").post("/tokens", body);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.text("detail")).contains("--public-url");
    assertThat(root.with("Origin", "null").post("/tokens", body).status()).isEqualTo(403);
    assertThat(root.with("Sec-Fetch-Site", "cross-site").post("/tokens", body).status())
        .isEqualTo(403);
    String own = "http://127.0.0.1:" + site.port();
    assertThat(root.with("Origin", own).post("/tokens", body).status()).isEqualTo(201);
    assertThat(root.with("Origin", "https://dl.example.org").post("/tokens", body).status())
        .isEqualTo(201);
  }

  @Test
  void s12AFormCannotSendABodyThatIsRead() {
    TestClient root = site.signedIn("root");
    for (String type :
        new String[] {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"}) {
      assertThat(root.with("Content-Type", type).post("/tokens", "{\"name\":\"t\"}").status())
          .as(type)
          .isEqualTo(415);
    }
    assertThat(
            site.nobody()
                .with("Content-Type", "text/plain")
                .post("/session", "{\"name\":\"root\",\"password\":\"correct horse\"}")
                .status())
        .isEqualTo(415);
  }

  @Test
  void s12NothingIsChangedByGet() {
    TestClient root = site.signedIn("root");
    for (Route route : site.routes().routes()) {
      if (route.changes()
          && site.routes().find("GET", route.path()) instanceof RouteTable.Found.OtherMethod) {
        Reply reply = root.get(route.path().replaceAll("[{}]", ""));
        assertThat(reply.status()).as(route.path()).isEqualTo(405);
      }
    }
  }

  @Test
  void s12TheCookieIsStrictAndSecureBehindTls() {
    String cookie = site.nobody().signIn("root", TestSite.PASSWORD).header("Set-Cookie");
    assertThat(cookie)
        .contains("; Path=/dl/; ")
        .contains("; HttpOnly")
        .contains("; SameSite=Strict")
        .doesNotContain("Secure");
  }

  @Test
  void s13ThereIsNoCorsEvenWhereABrowserAsks() throws IOException {
    String preflight =
        raw(
            "OPTIONS /dl/api/v1/jobs HTTP/1.1",
            "Host: localhost",
            "Origin: https://evil.example",
            "Access-Control-Request-Method: POST",
            "Connection: close");
    assertThat(preflight).startsWith("HTTP/1.1 401 ").doesNotContainIgnoringCase("access-control");
    String bad = raw("GARBAGE");
    assertThat(bad)
        .startsWith("HTTP/1.1 400 ")
        .doesNotContainIgnoringCase("access-control")
        .doesNotContainIgnoringCase("jetty");
  }

  @Test
  void s14AWebSocketOfAForeignPageIsRefused() throws IOException {
    String cookie = "Cookie: " + site.signedIn("root").header("Cookie");
    assertThat(upgrade("localhost", cookie, "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(upgrade("localhost", cookie)).startsWith("HTTP/1.1 403 ");
    assertThat(upgrade("localhost")).startsWith("HTTP/1.1 401 ");
    assertThat(upgrade("localhost", cookie, "Origin: http://localhost"))
        .startsWith("HTTP/1.1 101 ");
  }

  @Test
  void s15ThePageHasAStrictPolicy() throws IOException {
    String page = get("/dl/", "localhost");
    assertThat(page)
        .startsWith("HTTP/1.1 200 ")
        .contains("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'")
        .contains("require-trusted-types-for 'script'")
        .contains("X-Content-Type-Options: nosniff")
        .contains("Cross-Origin-Opener-Policy: same-origin")
        .doesNotContain("unsafe");
  }

  @Test
  void theBasePathIsRedirectedToWithItsSlashAndNothingElseIsThere() throws IOException {
    assertThat(get("/dl", "localhost")).startsWith("HTTP/1.1 308 ").contains("Location: /dl/\r\n");
    assertThat(get("/", "localhost")).startsWith("HTTP/1.1 404 ");
    assertThat(get("/api/v1/health", "localhost")).startsWith("HTTP/1.1 404 ");
    for (String path :
        new String[] {
          "/dl/../etc/passwd",
          "/dl/%2e%2e/x.js",
          "/dl/..%2fx.js",
          "/dl/assets/../../Live.class",
          "/dl/Live.class",
          "/dl/x%00.js"
        }) {
      assertThat(get(path, "localhost")).as(path).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void s28AForwardedAddressCountsOnlyBehindATrustedProxyAndTheRightmostOne() {
    TestClient proxied =
        site.nobody().with("X-Forwarded-For", "198.51.100.1, 203.0.113.9, 127.0.0.5");
    proxied.signIn("root", TestSite.PASSWORD);
    Reply audit = site.signedIn("root").get("/audit?limit=2");
    assertThat(audit.json().at("/items/1/address").stringValue()).isEqualTo("203.0.113.9");
    Site without = new Site("", List.of(), Networks.NONE, false);
    assertThat(
            without.client(InetAddress.getLoopbackAddress(), java.util.Optional.of("198.51.100.1")))
        .isEqualTo("127.0.0.1");
  }

  /** Nothing sends the browser on to where a request says: there is no such field. */
  @Test
  void s9NoRequestChoosesWhereTheBrowserGoes() throws IOException {
    for (String path :
        new String[] {
          "/dl?next=//evil.example",
          "/dl?returnTo=https://evil.example",
          "/dl/?next=//evil.example",
          "//evil.example",
          "//evil.example/dl",
          "/dl//evil.example",
          "/dl/\\evil.example",
          "/dl/https:evil.example/"
        }) {
      assertThat(get(path, "localhost", "Referer: https://evil.example/"))
          .as(path)
          .doesNotContainPattern("Location: (?!/dl/\r)");
    }
    String signIn = "{\"name\":\"root\",\"password\":\"correct horse\",\"%s\":\"//evil.example\"}";
    for (String field : new String[] {"next", "returnTo", "redirect"}) {
      Reply refused = site.nobody().post("/session", signIn.formatted(field));
      assertThat(refused.status()).as(field).isEqualTo(422);
      assertThat(refused.text("field")).isEqualTo(field);
    }
  }

  /** What users search for is found as it is written. No pattern and no expression is evaluated. */
  @Test
  void s27TextsOfUsersAreNotEvaluated() {
    TestClient root = site.signedIn("root");
    List<String> names =
        List.of(
            "a_b", "axb", "50%", "${7*7}", "{{7*7}}", "#{7*7}", "(a+)+$", "x' OR '1'='1", "[a]");
    for (int i = 0; i < names.size(); i++) {
      String order = "{\"name\":\"%s\",\"urls\":[\"http://127.0.0.1:9/f%d\"],\"start\":\"held\"}";
      assertThat(root.post("/jobs", order.formatted(names.get(i), i)).status()).isEqualTo(201);
    }
    for (String name : names) {
      String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
      Reply found = root.get("/jobs?q=" + query);
      assertThat(found.json().path("items").findValuesAsString("name"))
          .as(name)
          .containsExactly(name);
    }
    for (String pattern : new String[] {".*", "a.b", "a*", "^a", "49", "a?b"}) {
      Reply found = root.get("/jobs?q=" + URLEncoder.encode(pattern, StandardCharsets.UTF_8));
      assertThat(found.json().path("items").size()).as(pattern).isZero();
    }
  }

  /** Patterns are ours, and no text makes them long or deep. */
  @Test
  void s27LongTextsAreJudgedAtOnce() throws IOException {
    for (String hostile :
        new String[] {
          "a/".repeat(7_000) + "!", "a/".repeat(7_000), "-".repeat(15_000) + "!", "a".repeat(15_000)
        }) {
      assertThat(get("/dl/" + hostile, "localhost")).startsWith("HTTP/1.1 404 ");
      assertThat(get("/dl/assets/" + hostile, "localhost")).startsWith("HTTP/1.1 404 ");
      assertThat(get("/dl/api/v1/" + hostile, "localhost")).startsWith("HTTP/1.1 401 ");
      assertThat(get("/dl/api/v1/health", "localhost", "Cookie: bulkdl=" + hostile))
          .startsWith("HTTP/1.1 200 ");
      assertThat(get("/dl/api/v1/health", "localhost", "Range: bytes=" + hostile))
          .startsWith("HTTP/1.1 200 ");
      assertThat(get("/dl/api/v1/jobs", "localhost", "Authorization: Bearer " + hostile))
          .startsWith("HTTP/1.1 401 ");
      assertThat(get("/dl/api/v1/jobs", "localhost", "X-Forwarded-For: " + hostile))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void s10TheHostHeaderDoesNotMakeAnybodyLocal() throws IOException {
    assertThat(get("/dl/api/v1/jobs", "localhost")).startsWith("HTTP/1.1 401 ");
    assertThat(get("/dl/api/v1/jobs", "localhost", "X-Forwarded-For: 127.0.0.1"))
        .startsWith("HTTP/1.1 401 ");
  }

  @Test
  void s30ARefusalHasAnIdAndNoDetailsOfTheProgram() {
    Reply reply = site.nobody().get("/nothing");
    assertThat(reply.text("id")).hasSize(20);
    assertThat(reply.body())
        .doesNotContain("Exception")
        .doesNotContain("dev.bulkdl")
        .doesNotContain(folder.toString());
    assertThat(reply.header("Server")).isEmpty();
    assertThat(site.nobody().get("/health").body()).doesNotContain("SNAPSHOT");
  }

  @Test
  void s31LargeHeadersAndBodiesAreRefused() throws IOException {
    String large = "x".repeat(20_000);
    assertThat(get("/dl/api/v1/health", "localhost", "X-Large: " + large))
        .startsWith("HTTP/1.1 431 ");
    TestClient root = site.signedIn("root");
    assertThat(root.post("/tokens", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}").status())
        .isEqualTo(413);
    assertThat(root.get("/jobs?limit=1001").status()).isEqualTo(422);
    assertThat(root.get("/jobs?limit=0").status()).isEqualTo(422);
    assertThat(root.post("/tokens", "[".repeat(200)).status()).isIn(400, 422);
    String deep = "{\"urls\":" + "[".repeat(500) + "]".repeat(500) + "}";
    assertThat(root.post("/jobs:check", deep).status()).isBetween(400, 422);
    byte[] big = new byte[9 << 20];
    assertThat(root.upload("/jobs", "{}", big, "big.csv").status()).isEqualTo(413);
  }

  @Test
  void anUnknownOrWrongFieldIsNamed() {
    TestClient root = site.signedIn("root");
    Reply unknown = root.post("/tokens", "{\"name\":\"t\",\"scope\":\"read\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("field")).isEqualTo("scope");
    assertThat(unknown.text("detail")).contains("scopes");
    Reply wrong = root.post("/tokens", "{\"name\":{}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("field")).isEqualTo("name");
    Reply missing = root.post("/tokens", "{}");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.text("field")).isEqualTo("name");
    assertThat(root.post("/tokens", "{\"name\":\"t\",\"scopes\":[null]}").status()).isEqualTo(422);
    Reply broken = root.post("/tokens", "{\"name\":\n oops}");
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.text("line")).isEqualTo("2");
  }
}
