package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.NoProxy;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.ProxyServer;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.UnreachablePort;
import dev.bulkdl.testkit.Wire;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests through a proxy: plain ones in absolute form, those of TLS in a tunnel. */
class ProxyTest extends EngineFixture {
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("me:p@ss".getBytes(StandardCharsets.UTF_8));

  private void through(String proxy, String direct) {
    Optional<Proxy> parsed = Optional.of(Proxy.parse(proxy));
    HttpSettings plain =
        new HttpSettings(
            List.of(Map.entry("X-Token", "s3cret")), Optional.of(Certificate.authority()), false);
    settings = settings.with(plain.with(new Proxies(parsed, parsed, NoProxy.parse(direct))));
  }

  private ProxyServer proxyTo(FaultServer origin, Optional<String> authorization) {
    return new ProxyServer(URI.create(origin.origin()).getPort(), authorization);
  }

  @Test
  void plainRequestsGoInAbsoluteFormWithTheProxysCredentials() {
    try (ProxyServer proxy = proxyTo(server, Optional.of(BASIC))) {
      through("http://me:p%40ss@127.0.0.1:" + proxy.port(), "");
      segments(4);
      Outcome outcome = download(at(a(), URI.create("http://files.invalid/a")));
      completed(outcome, PAYLOAD, Proof.ETAG);
      assertThat(proxy.heads()).allMatch(head -> head.startsWith("GET http://files.invalid/a "));
      assertThat(asked()).hasSameSizeAs(proxy.heads());
      assertThat(asked()).noneMatch(request -> request.header("Proxy-Authorization").isPresent());
    }
  }

  @Test
  void theProxyOfATunnelSeesNeitherPathNorHeaders() {
    try (FaultServer secure = FaultServer.https().serve("/a", PAYLOAD);
        ProxyServer proxy = proxyTo(secure, Optional.of(BASIC))) {
      through("http://me:p%40ss@127.0.0.1:" + proxy.port(), "");
      Outcome outcome = download(at(a(), URI.create("https://localhost:9/a")));
      completed(outcome, PAYLOAD, Proof.ETAG);
      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT localhost:9 "))
          .noneMatch(head -> head.contains("s3cret"));
      assertThat(secure.requests("/a"))
          .isNotEmpty()
          .noneMatch(request -> request.header("Proxy-Authorization").isPresent())
          .allMatch(request -> request.header("X-Token").equals(Optional.of("s3cret")));
    }
  }

  /** They would be the beginning of the TLS handshake, and make it fail. */
  @Test
  void bytesBehindTheAnswerToConnectAreAFailureThatMayPass() {
    retries(0);
    Wire early =
        Wire.of(
            new Step.Read(),
            new Step.Say("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL"),
            new Step.Hold());
    try (RawServer proxy = new RawServer(early)) {
      through("127.0.0.1:" + proxy.port(), "");
      Failure failure = failed(download(at(a(), URI.create("https://localhost:9/a"))));
      assertThat(failure).isInstanceOf(Failure.Connect.class);
      assertThat(failure.text()).contains("behind the proxy's answer to CONNECT");
    }
  }

  @Test
  void aCertificateIsCheckedThroughATunnelToo() {
    try (FaultServer secure = FaultServer.https(Certificate.WRONG_HOST).serve("/a", PAYLOAD);
        ProxyServer proxy = proxyTo(secure, Optional.empty())) {
      through("127.0.0.1:" + proxy.port(), "");
      Failure failure = failed(download(at(a(), URI.create("https://localhost:9/a"))));
      assertThat(failure).isInstanceOf(Failure.Tls.class);
    }
  }

  @Test
  void aRefusalOfTheProxyFailsAtOnceWithItsStatus() {
    try (FaultServer secure = FaultServer.https().serve("/a", PAYLOAD);
        ProxyServer proxy = proxyTo(secure, Optional.of(BASIC))) {
      through("http://me:wr0ng@127.0.0.1:" + proxy.port(), "");
      for (String uri : List.of("http://files.invalid/a", "https://localhost:9/a")) {
        Failure failure = failed(download(at(a(), URI.create(uri))));
        assertThat(failure)
            .isInstanceOfSatisfying(
                Failure.Http.class, http -> assertThat(http.status()).isEqualTo(407));
        assertThat(failure.text()).contains("407").doesNotContain("wr0ng");
      }
      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    try (UnreachablePort nobody = UnreachablePort.refusing()) {
      through("http://me:p%40ss@127.0.0.1:" + nobody.uri("/").getPort(), "");
      retries(0);
      Failure failure = failed(download(at(a(), URI.create("http://files.invalid/a"))));
      assertThat(failure).isInstanceOf(Failure.Connect.class);
      assertThat(failure.text()).contains("proxy http://127.0.0.1:" + nobody.uri("/").getPort());
    }
  }

  @Test
  void hostsThatAreDirectAreReachedWithoutIt() {
    try (UnreachablePort nobody = UnreachablePort.refusing()) {
      through("http://127.0.0.1:" + nobody.uri("/").getPort(), "example.org, 127.0.0.0/8");
      completed(download(a()), PAYLOAD, Proof.ETAG);
    }
  }

  @Test
  void aRedirectToAnotherHostGoesThroughTheProxyToo() {
    server.always("/r", new Fault.Redirect(302, "http://elsewhere.invalid/a"));
    try (ProxyServer proxy = proxyTo(server, Optional.empty())) {
      through("http://127.0.0.1:" + proxy.port(), "127.0.0.1");
      completed(download(at(a(), server.uri("/r"))), PAYLOAD, Proof.ETAG);
      assertThat(proxy.heads())
          .isNotEmpty()
          .allMatch(head -> head.startsWith("GET http://elsewhere.invalid/a "))
          .noneMatch(head -> head.contains("s3cret"));
    }
  }
}
