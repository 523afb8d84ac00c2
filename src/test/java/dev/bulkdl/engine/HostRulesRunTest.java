package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.HostRule;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.MeteredServer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for hosts as a server sees them. */
class HostRulesRunTest extends EngineFixture {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MIB = 1 << 20;

  private final Gate gate = new Gate();

  private void rule(Limits limits, String key, String value, String... hosts) {
    HostRule rule = HostRule.of(hosts).with(key, value, "test");
    settings = settings.with(limits.with(HostRules.SHIPPED.with(List.of(rule))));
  }

  /** The same server under its other name. */
  private static Download underName(URI source, String file) {
    return Download.of(file, URI.create(source.toString().replace("127.0.0.1", "localhost")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionsAreLimited(boolean adaptive) {
    Limits limits = Limits.FIXED.withSegments(1, SEGMENT_MIN).withAdaptive(adaptive);
    rule(limits, "connections", "2", "127.0.0.1");
    server.always("/a", new Fault.HoldBefore(gate));
    List<Download> files =
        IntStream.range(0, 6).mapToObj(i -> Download.of("f" + i, server.uri("/a"))).toList();
    steered(
        files,
        run -> {
          gate.awaitArrivals(2);
          watch.awaitProgress(shown -> shown.connections() == 2 && shown.allowed() == 2);
          gate.open();
        });
    assertThat(report().exitCode()).isZero();
    assertThat(server.traffic().maxInFlight()).isEqualTo(2);
  }

  /** A rule goes before the number for each host. */
  @Test
  void aHostCanHaveMoreThanTheOthers() {
    Limits limits = Limits.FIXED.withMaxPerHost(1).withSegments(1, SEGMENT_MIN);
    rule(limits, "connections", "3", "127.0.0.1");
    server.always("/a", new Fault.HoldBefore(gate));
    List<Download> files =
        IntStream.range(0, 4).mapToObj(i -> Download.of("f" + i, server.uri("/a"))).toList();
    steered(
        files,
        run -> {
          gate.awaitArrivals(3);
          gate.open();
        });
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
  }

  @Test
  void requestsAreSpacedForTheHostsOfOneRuleTogether() {
    try (MeteredServer metered = new MeteredServer()) {
      rule(Limits.DEFAULTS, "requests", "10/s", "127.0.0.1", "localhost");
      List<Download> files = metered.files(11, 100);
      for (int i = 0; i < 10; i++) {
        files.add(underName(metered.uri("/100/g" + i), "g" + i));
      }
      run(files);
      assertThat(report().exitCode()).isZero();
      List<Long> starts = metered.requests();
      assertThat(starts).hasSize(21);
      assertThat(starts.getLast() - starts.getFirst()).isGreaterThan((long) (0.95 * 2 * SECOND));
    }
  }

  @Test
  void bytesASecondAreLimitedForTheHostsOfOneRuleTogether() {
    try (MeteredServer metered = new MeteredServer()) {
      rule(Limits.DEFAULTS, "rate", "1M", "127.0.0.1", "localhost");
      List<Download> files = metered.files(2, MIB / 2);
      files.add(underName(metered.uri("/" + MIB + "/g"), "g"));
      long start = System.nanoTime();
      run(files);
      assertThat(report().exitCode()).isZero();
      assertThat(System.nanoTime() - start).isGreaterThan((long) (0.95 * 2 * SECOND));
      assertThat(metered.mostIn(SECOND))
          .isLessThan(
              (long) (1.1 * MIB) + (long) metered.requests().size() * MeteredServer.IN_FLIGHT);
    }
  }

  /** A server that answers 403 to too many requests has the file. */
  @Test
  void forbiddenCanMeanARefusal() {
    rule(settings.limits(), "forbidden-is-refusal", "true", "127.0.0.1");
    server.with("/a", new Fault.Status(403), new Fault.Status(403));
    completed(download(a()));
    assertThat(watch.seen(TransferEvent.Retrying.class)).hasSize(2);
  }

  @Test
  void forbiddenMeansNoOtherwise() {
    rule(settings.limits(), "forbidden-is-refusal", "true", "localhost");
    server.with("/a", new Fault.Status(403));
    assertThat(download(a()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(Failure.Http.class));
    assertThat(server.requests()).hasSize(1);
  }

  /** A host that refuses to the end has its file refused in the end. */
  @Test
  void aRefusalThatLastsFailsTheFile() {
    rule(settings.limits(), "forbidden-is-refusal", "true", "127.0.0.1");
    server.always("/a", new Fault.Status(403));
    assertThat(download(a())).isInstanceOf(Outcome.Failed.class);
    assertThat(server.requests()).hasSize(4);
    assertThat(report().exitCode()).isOne();
  }
}
