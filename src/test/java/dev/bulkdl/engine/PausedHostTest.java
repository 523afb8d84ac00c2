package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.Result;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.HostRule;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One host is paused and goes on. The server has two names, which are two hosts. Nobody may retry,
 * so whatever counted as a failure would fail its file.
 */
class PausedHostTest extends EngineFixture {
  private static final String HOST = "127.0.0.1";

  private final Gate gate = new Gate();

  @BeforeEach
  void nobodyRetries() {
    retries(0);
  }

  /** Files of the same server under its other name. */
  private List<Download> others(String path, int count) {
    URI source = URI.create(server.uri(path).toString().replace(HOST, "localhost"));
    return IntStream.range(0, count).mapToObj(i -> Download.of("o" + i, source)).toList();
  }

  private static Predicate<RunProgress> host(String name, Predicate<HostSnapshot> wanted) {
    return shown ->
        shown.hosts().stream()
            .anyMatch(host -> host.origin().host().equals(name) && wanted.test(host));
  }

  private void awaitPaused(String name) {
    watch.awaitProgress(
        host(
            name,
            host ->
                host.connections() == 0
                    && host.allowed() == 0
                    && host.reason().equals("paused by the user")
                    && host.hold().orElseThrow().reason() == Hold.Reason.OPERATOR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void itsConnectionsEndAndItGoesOnAtTheSamePosition(int segments) {
    segments(segments);
    server.always("/a", new Fault.Stall(32 * KIB, gate));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(2 * segments);
              watch.awaitProgress(shown -> shown.received() == 2L * segments * 32 * KIB);
              assertThat(run.pauseHost(HOST)).isTrue();
              assertThat(run.pauseHost(HOST)).isFalse();
              awaitPaused(HOST);
              server.traffic().awaitIdle();
              assertThat(run.resumeHost(HOST)).isTrue();
              assertThat(run.resumeHost(HOST)).isFalse();
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(asked()).filteredOn(request -> request.start() == 0).hasSize(2);
  }

  /** Its files hold no permit, so that all are there for the others. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherHostsGoOn(boolean adaptive) {
    Limits few = Limits.FIXED.withMaxFiles(2).withMaxConnections(2).withSegments(1, SEGMENT_MIN);
    settings = settings.with(few.withAdaptive(adaptive));
    server.serve("/b", PAYLOAD).always("/a", new Fault.Stall(32 * KIB, gate));
    List<Download> all = new ArrayList<>(files(20));
    all.addAll(others("/b", 20));
    Result result =
        steered(
            all,
            run -> {
              gate.awaitArrivals(2);
              run.pauseHost(HOST);
              watch.awaitProgress(shown -> shown.completed() == 20);
              assertThat(server.requests("/a")).hasSize(2);
              gate.open();
              run.resumeHost(HOST);
            });
    assertNothingWasLost(result);
  }

  /** More files of the paused host wait than the run reads ahead. */
  @Test
  void manyFilesOfAPausedHostHoldUpNoOther() {
    server.serve("/b", PAYLOAD).always("/a", new Fault.HoldBefore(gate));
    List<Download> all = new ArrayList<>(files(5000));
    all.addAll(others("/b", 5));
    steered(
        all,
        run -> {
          gate.awaitArrivals(16);
          run.pauseHost(HOST);
          watch.awaitProgress(shown -> shown.completed() == 5);
          run.stop();
        });
    assertThat(server.requests("/a")).hasSize(16);
  }

  /** Only one file at a time: the second begins on a host that is paused already. */
  @Test
  void aHostCanBePausedBeforeItIsUsed() {
    settings = settings.with(settings.limits().withMaxFiles(1));
    server.serve("/b", PAYLOAD).always("/b", new Fault.HoldBefore(gate));
    List<Download> all = new ArrayList<>(others("/b", 1));
    all.addAll(files(1));
    Result result =
        steered(
            all,
            run -> {
              gate.awaitArrivals(1);
              run.pauseHost(HOST);
              gate.open();
              watch.awaitProgress(shown -> shown.completed() == 1);
              assertThat(server.requests("/a")).isEmpty();
              run.resumeHost(HOST);
            });
    assertNothingWasLost(result);
  }

  /** A file without a validator would start again over another connection: it stops reading. */
  @Test
  void aFileThatCouldNotGoOnKeepsItsConnection() {
    server.always("/a", new Fault.NoValidator(), new Fault.Stall(32 * KIB, gate));
    Result result =
        steered(
            files(1),
            run -> {
              watch.awaitProgress(shown -> shown.received() == 32 * KIB);
              run.pauseHost(HOST);
              gate.open();
              watch.awaitProgress(host(HOST, host -> host.allowed() == 0));
              assertThat(watch.lastProgress().received()).isLessThan(PAYLOAD.size());
              run.resumeHost(HOST);
            });
    assertNothingWasLost(result);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aRunOnAPausedHostCanBeStopped() {
    server.always("/a", new Fault.Stall(32 * KIB, gate));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(2);
              run.pauseHost(HOST);
              awaitPaused(HOST);
              run.stop();
            });
    assertThat(result.files())
        .allMatch(file -> file.outcome() instanceof Outcome.Cancelled)
        .hasSize(2);
  }

  /** A host is paused by itself, also where its connections are counted with those of others. */
  @Test
  void aHostThatSharesARuleIsPausedAlone() {
    HostRule rule =
        HostRule.of(HOST, "localhost")
            .with("connections", "2", "test")
            .with("requests", "1000", "test");
    settings = settings.with(settings.limits().with(HostRules.NONE.with(List.of(rule))));
    server.serve("/b", PAYLOAD).always("/a", new Fault.Stall(32 * KIB, gate));
    List<Download> all = new ArrayList<>(files(4));
    all.addAll(others("/b", 4));
    Result result =
        steered(
            all,
            run -> {
              gate.awaitArrivals(2);
              run.pauseHost(HOST);
              watch.awaitProgress(shown -> shown.completed() == 4);
              gate.open();
              run.resumeHost(HOST);
            });
    assertNothingWasLost(result);
  }

  @Test
  void namesAreReadInAnySpelling() {
    server.always("/a", new Fault.Stall(32 * KIB, gate));
    steered(
        others("/a", 1),
        run -> {
          gate.awaitArrivals(1);
          run.pauseHost("LocalHost.");
          awaitPaused("localhost");
          assertThat(run.resumeHost("localhost")).isTrue();
          for (String wrong : List.of("", "a b", "*.example.org", "example.org:80")) {
            assertThatThrownBy(() -> run.pauseHost(wrong))
                .isInstanceOf(IllegalArgumentException.class);
          }
          gate.open();
        });
    assertThat(report().exitCode()).isZero();
  }
}
