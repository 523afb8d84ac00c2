package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.settings.HostRule;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits that get a new value while files are fetched, and take effect although no byte comes.
 * Nobody may retry, so whatever counted as a failure would fail its file.
 */
class AbsoluteLimitsTest extends EngineFixture {
  private final Gate gate = new Gate();

  @BeforeEach
  void nobodyRetries() {
    retries(0);
  }

  private void awaitConnections(int open) {
    watch.awaitProgress(shown -> shown.connections() == open);
  }

  /** What limits the connections of six files of one host. */
  static Stream<ObjIntConsumer<Run>> limits() {
    return Stream.of(Run::connections, Run::connectionsPerHost, Run::files);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void fewerAtOnceAndThenMoreAtOnce(ObjIntConsumer<Run> limit) {
    server.always("/a", new Fault.Stall(300 * KIB, gate));
    Result result =
        steered(
            files(6),
            run -> {
              gate.awaitArrivals(6);
              limit.accept(run, 2);
              awaitConnections(2);
              limit.accept(run, 5);
              awaitConnections(5);
              gate.open();
            });
    assertNothingWasLost(result);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void moreThanTheRunBeganWith(ObjIntConsumer<Run> limit) {
    settings =
        settings.with(settings.limits().withMaxFiles(1).withMaxConnections(1).withMaxPerHost(1));
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(4),
            run -> {
              gate.awaitArrivals(1);
              run.connections(9);
              run.connectionsPerHost(9);
              run.files(9);
              limit.accept(run, 3);
              gate.awaitArrivals(3);
              awaitConnections(3);
              gate.open();
            });
    assertNothingWasLost(result);
  }

  /** A measured number stays below the new ceiling. */
  @Test
  void aCeilingOfMeasuredNumbers() {
    settings = settings.with(Limits.DEFAULTS.withSegments(1, SEGMENT_MIN));
    server.always("/a", new Fault.HoldBefore(gate));
    steered(
        files(8),
        run -> {
          gate.awaitArrivals(4);
          run.connectionsPerHost(2);
          watch.awaitProgress(shown -> shown.connections() == 2 && shown.allowed() == 2);
          gate.open();
        });
    assertThat(report().exitCode()).isZero();
  }

  /** A split file that is not among the files any more loses all of its connections. */
  @RepeatedTest(5)
  void aFileAboveTheLimitLosesItsHelpersToo() {
    segments(4);
    server.always("/a", new Fault.Stall(32 * KIB, gate));
    settings = settings.with(settings.limits().withMaxConnections(64).withMaxPerHost(64));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(8);
              run.files(1);
              watch.awaitProgress(shown -> shown.connections() == 4 && shown.active().size() == 1);
              gate.open();
            });
    assertNothingWasLost(result);
  }

  /** The first connection stalls at 256 KiB, its three helpers at 32 each; two of them go. */
  @Test
  void fewerSegmentsAndMoreSegments() {
    segments(4);
    Gate first = new Gate();
    Gate again = new Gate();
    Fault stall = new Fault.Stall(32 * KIB, gate);
    Fault later = new Fault.Stall(16 * KIB, again);
    server.with("/a", request -> request.start() == 0, new Fault.Stall(256 * KIB, first));
    server.with("/a", request -> request.start() > 0, stall, stall, stall, later, later);
    Result result =
        steered(
            files(1),
            run -> {
              gate.awaitArrivals(3);
              watch.awaitProgress(shown -> shown.received() == (256 + 3 * 32) * KIB);
              run.segments(2);
              awaitConnections(2);
              run.segments(6);
              first.open();
              again.awaitArrivals(2);
              again.open();
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(asked()).filteredOn(request -> request.start() == 0).hasSize(1);
  }

  /** From the beginning of the run, a file that may be split later asks for a range. */
  @Test
  void aFileIsNotSplitBeforeItMayBe() {
    segments(4);
    server.always("/a", new Fault.HoldBefore(gate));
    steered(
        files(1),
        run -> {
          run.segments(1);
          gate.open();
        });
    assertThat(asked()).hasSize(1);
    assertThat(report().exitCode()).isZero();
  }

  /** A lower number of a rule holds, a higher one does not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void aRuleForTheHostHoldsIfItIsLower(int connections) {
    HostRule rule =
        HostRule.of("127.0.0.1").with("connections", Integer.toString(connections), "test");
    settings = settings.with(settings.limits().with(HostRules.NONE.with(List.of(rule))));
    server.always("/a", new Fault.HoldBefore(gate));
    steered(
        files(8),
        run -> {
          gate.awaitArrivals(Math.min(connections, 8));
          run.connectionsPerHost(4);
          awaitConnections(Math.min(connections, 4));
          gate.open();
        });
    assertThat(report().exitCode()).isZero();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("connections", (ObjIntConsumer<Run>) Run::connections),
        Arguments.of("connectionsPerHost", (ObjIntConsumer<Run>) Run::connectionsPerHost),
        Arguments.of("files", (ObjIntConsumer<Run>) Run::files),
        Arguments.of("segments", (ObjIntConsumer<Run>) Run::segments));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void lessThanOneIsRefused(String name, ObjIntConsumer<Run> limit) {
    steered(
        files(1),
        run ->
            assertThatThrownBy(() -> limit.accept(run, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " must be at least 1, not 0"));
    assertThat(report().exitCode()).isZero();
  }
}
