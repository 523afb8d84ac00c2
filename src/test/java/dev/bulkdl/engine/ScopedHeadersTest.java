package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.NoProxy;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.ProxyServer;
import dev.bulkdl.testkit.SeenRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential that is given for a host is seen by that host alone, wherever redirects lead. */
class ScopedHeadersTest extends EngineFixture {
  private static final String SECRET = "s3cret";

  private final FaultServer other = FaultServer.http().serve("/a", PAYLOAD);

  @AfterEach
  void closeOther() {
    other.close();
  }

  private static String host(FaultServer of) {
    return URI.create(of.origin()).getAuthority();
  }

  private void scoped(String... hosts) {
    settings =
        settings.with(
            settings
                .http()
                .withScoped(
                    Arrays.stream(hosts)
                        .map(host -> new ScopedHeader(HostScope.parse(host), "X-Key", SECRET))
                        .toList()));
  }

  private static boolean hasKey(SeenRequest request) {
    return request.header("X-Key").equals(Optional.of(SECRET));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_FRESH", "FOUR_FRESH"})
  void aRedirectToItsHostIsAskedWithIt(Shape shape) {
    segments(shape.segments);
    scoped(host(other));
    server.always("/r", new Fault.Redirect(302, other.uri("/a").toString()));
    completed(download(at(a(), server.uri("/r"))), PAYLOAD, Proof.ETAG);
    assertThat(server.requests()).isNotEmpty().noneMatch(ScopedHeadersTest::hasKey);
    assertThat(other.requests()).isNotEmpty().allMatch(ScopedHeadersTest::hasKey);
  }

  @Test
  void onTheWayBackItIsLeftOut() {
    scoped(host(other));
    server.always("/r", new Fault.Redirect(307, other.uri("/x").toString()));
    other.always("/x", new Fault.Redirect(302, server.uri("/a").toString()));
    completed(download(at(a(), server.uri("/r"))), PAYLOAD, Proof.ETAG);
    assertThat(other.requests()).isNotEmpty().allMatch(ScopedHeadersTest::hasKey);
    assertThat(server.requests("/a")).isNotEmpty();
    assertThat(server.requests()).noneMatch(ScopedHeadersTest::hasKey);
  }

  @Test
  void awayFromItsHostItIsLeftOut() {
    scoped(host(server));
    server.always("/r", new Fault.Redirect(308, other.uri("/a").toString()));
    completed(download(at(a(), server.uri("/r"))), PAYLOAD, Proof.ETAG);
    assertThat(server.requests()).isNotEmpty().allMatch(ScopedHeadersTest::hasKey);
    assertThat(other.requests()).isNotEmpty().noneMatch(ScopedHeadersTest::hasKey);
  }

  /** Without a port: this machine's ports are one host. */
  @Test
  void eachRowHasWhatIsForItsOwnHost() {
    scoped("127.0.0.1");
    headers(List.of(Map.entry("X-Trace", "1")), settings.http());
    Result result = run(List.of(a(), Download.of("b", other.uri("/a"))));
    assertThat(result.isComplete()).isTrue();
    for (FaultServer each : List.of(server, other)) {
      assertThat(each.requests())
          .isNotEmpty()
          .allMatch(ScopedHeadersTest::hasKey)
          .allMatch(request -> request.header("X-Trace").equals(Optional.of("1")));
    }
  }

  private void headers(List<Map.Entry<String, String>> more, HttpSettings old) {
    settings =
        settings.with(
            new HttpSettings(more, old.scopes(), old.cacert(), old.insecure(), old.proxies()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "cookie", "Proxy-X", "X-TOKEN", "x-api-key", "Secrets"})
  void severalOriginsAndACredentialForNoneAreRefusedBeforeAnyRequest(String name) throws Exception {
    headers(List.of(Map.entry(name, SECRET)));
    List<Download> files = List.of(a(), Download.of("b", other.uri("/a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> downloader().start(files))
        .withMessageContaining(other.origin());
    try (Session session = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.settingsFor(files))
          .withMessageContaining(name)
          .withMessageContaining(server.origin())
          .withMessageContaining(other.origin())
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.run(Session.Work.of(files), List.of()));
    }
    assertThat(run(files.subList(0, 1)).isComplete()).isTrue();
    assertThat(other.requests()).isEmpty();
    assertThat(server.requests()).allMatch(request -> request.header(name).isPresent());
  }

  /** What the URL of a row holds is for that row and its origin only. */
  @Test
  void userInformationStaysWithItsRow() {
    server.serve("/b", PAYLOAD);
    server.always("/r", new Fault.Redirect(302, other.uri("/a").toString()));
    String signedIn = "://alice:" + SECRET + "@";
    Download own =
        Download.of("own", URI.create(server.uri("/r").toString().replace("://", signedIn)));
    assertThat(run(List.of(own, file("/b"))).isComplete()).isTrue();
    assertThat(server.requests("/r")).allMatch(r -> r.header("Authorization").isPresent());
    assertThat(server.requests("/b")).noneMatch(r -> r.header("Authorization").isPresent());
    assertThat(other.requests()).isNotEmpty().noneMatch(r -> r.header("Authorization").isPresent());
  }

  /** Over names that do not exist, by way of a proxy that leads them all to the server. */
  @Test
  void hostsThatLookAlikeDoNotSeeIt() {
    try (ProxyServer proxy =
        new ProxyServer(URI.create(server.origin()).getPort(), Optional.empty())) {
      scoped("*.archive.invalid");
      Optional<Proxy> way = Optional.of(Proxy.parse("127.0.0.1:" + proxy.port()));
      settings = settings.with(settings.http().with(new Proxies(way, way, NoProxy.parse(""))));
      server.always("/r0", new Fault.Redirect(302, "http://evilarchive.invalid/r1"));
      server.always("/r1", new Fault.Redirect(302, "http://a.archive.invalid.evil.invalid/r2"));
      server.always("/r2", new Fault.Redirect(302, "http://archive.invalid/r3"));
      server.always("/r3", new Fault.Redirect(302, "http://a.archive.invalid:81/r4"));
      server.always("/r4", new Fault.Redirect(302, "http://A.Archive.INVALID./a"));
      server.serve("/b", PAYLOAD);
      List<Download> rows = // so that the list says http for each host
          List.of(
              at(a(), URI.create("http://a.archive.invalid/r0")),
              Download.of("b", URI.create("http://evilarchive.invalid/b")),
              Download.of("c", URI.create("http://a.archive.invalid.evil.invalid/b")),
              Download.of("d", URI.create("http://archive.invalid/b")));
      assertThat(run(rows).isComplete()).isTrue();
      assertThat(server.requests())
          .hasSizeGreaterThanOrEqualTo(6)
          .allMatch(r -> hasKey(r) == List.of("/r0", "/a").contains(r.path()));
    }
  }

  /** The list says https for the host, or does not name it: over http, it does not see it. */
  @Test
  void overHttpAHostThatTheListDoesNotNameDoesNotSeeIt() {
    try (ProxyServer proxy =
        new ProxyServer(URI.create(server.origin()).getPort(), Optional.empty())) {
      scoped("b.invalid");
      Optional<Proxy> way = Optional.of(Proxy.parse("127.0.0.1:" + proxy.port()));
      settings = settings.with(settings.http().with(new Proxies(way, way, NoProxy.parse(""))));
      server.always("/r", new Fault.Redirect(302, "http://b.invalid/a"));
      completed(download(at(a(), URI.create("http://a.invalid/r"))), PAYLOAD, Proof.ETAG);
      assertThat(server.requests("/a")).isNotEmpty().noneMatch(ScopedHeadersTest::hasKey);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProbeSeesWhatIsGivenForItAndNothingElse(boolean given) {
    try (FaultServer probe = FaultServer.http().serve("/", PAYLOAD)) {
      scoped(host(given ? probe : server));
      headers(List.of(Map.entry("X-Trace", "1")), settings.http());
      RetrySettings usual = settings.patience();
      settings =
          settings.with(
              new RetrySettings(0, usual.delay(), usual.maxDelay(), Optional.of(probe.uri("/"))));
      server.down();
      probe.down();
      steered(
          List.of(a()),
          run -> {
            watch.await(TransferEvent.OutageBegan.class, 1);
            server.up();
            probe.up();
          });
      assertThat(probe.requests())
          .isNotEmpty()
          .allMatch(request -> hasKey(request) == given)
          .noneMatch(request -> request.header("X-Trace").isPresent());
      assertThat(server.requests()).isNotEmpty().allMatch(request -> hasKey(request) != given);
    }
  }
}
