package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Download;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Nginx;
import dev.bulkdl.testkit.NginxFront;
import dev.bulkdl.testkit.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of ranges over HTTP/2: a real nginx stands before the server that has them. */
@ThisMachineIsFar
class Http2MatrixTest extends Matrix {

  /** Small enough to share connections. */
  private static final Payload SMALL = new Payload(5, 300 * KIB + 321);

  private static final long THERE = 128 * KIB;

  private NginxFront front;

  @BeforeAll
  static void needsNginx() {
    Nginx.orSkip("the faults over HTTP/2");
  }

  @BeforeEach
  void serve() {
    server.close();
    server = FaultServer.http().serve("/a", SMALL);
    front = NginxFront.before(server.origin());
    trust();
    settings = settings.with(Limits.DEFAULTS);
  }

  @AfterEach
  void stopServing() {
    front.close();
  }

  @Override
  Payload content() {
    return SMALL;
  }

  @Override
  Download a() {
    return sized(Download.of("a", front.uri("/a")), SMALL.size());
  }

  /** The file begins over HTTP/2 too, and is stopped when a part of it is there. */
  @Override
  void prepare(Shape shape, Download file) {
    if (shape.resumed) {
      Gate gate = new Gate();
      server.with("/a", new Fault.Stall(THERE, gate));
      steered(
          List.of(file),
          run -> {
            watch.awaitProgress(shown -> shown.received() >= THERE);
            run.stop();
          });
      gate.open();
      assertThat(part(file)).hasSize(THERE);
    }
    forgetRequests();
  }

  static Stream<Case> faultsOfRanges() {
    return RangeFaultTest.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("faultsOfRanges")
  void aFreshFileIsRight(Case now) {
    check(now, Shape.ONE_FRESH);
    assertThat(front.log()).anyMatch(line -> line.startsWith("HTTP/2.0 "));
  }

  @ParameterizedTest
  @MethodSource("faultsOfRanges")
  void aPartialFileIsRight(Case now) {
    check(now, Shape.ONE_RESUMED);
    assertThat(front.log()).anyMatch(line -> line.startsWith("HTTP/2.0 "));
  }
}
