package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is shown of a run while it lasts agrees with what is going on. */
class LiveTest extends EngineFixture {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Gate gate = new Gate();

  private static Predicate<RunProgress> file(Predicate<FileSnapshot> wanted) {
    return shown -> shown.active().size() == 1 && wanted.test(shown.active().getFirst());
  }

  private static Predicate<RunProgress> host(Predicate<HostSnapshot> wanted) {
    return shown -> shown.hosts().size() == 1 && wanted.test(shown.hosts().getFirst());
  }

  /** Every byte of a piece before its position is written, and none after it. */
  private static boolean agree(FileSnapshot file) {
    ByteRanges written = file.layout().written();
    List<SegmentLayout.Piece> pieces = file.layout().pieces();
    return written.bytes() == file.bytes()
        && pieces.stream()
            .allMatch(
                piece ->
                    written.gapsBefore(piece.end()).stream()
                        .anyMatch(gap -> gap.start() == piece.position()));
  }

  @Test
  void aSplitFilesConnectionsAreShownWhereTheyAre() {
    segments(4);
    Fault stall = new Fault.Stall(32 * KIB, gate);
    server.with("/a", request -> request.start() == 0, new Fault.Stall(256 * KIB, gate));
    server.with("/a", request -> request.start() > 0, stall, stall, stall);
    steered(
        List.of(a()),
        run -> {
          gate.awaitArrivals(4);
          watch.awaitProgress(
              file(file -> file.bytes() == (256 + 3 * 32) * KIB && agree(file))
                  .and(file(file -> file.layout().pieces().size() == 4))
                  .and(host(host -> host.connections() == 4 && host.errors() == 0))
                  .and(shown -> shown.connections() == 4 && shown.allowed() == 16)
                  .and(
                      shown ->
                          shown.hosts().getFirst().received()
                              == shown.active().getFirst().bytes()));
          gate.open();
        });
  }

  /** From sample to sample, and from file to file, as long as the connection is used again. */
  @Test
  void aConnectionKeepsItsId() {
    settings = settings.with(settings.limits().withMaxConnections(1));
    List<ConnectionInfo> seen = new ArrayList<>();
    server.always("/a", new Fault.Stall(100 * KIB, gate));
    steered(
        List.of(a(), Download.of("b", server.uri("/a"))),
        run -> {
          for (int file = 1; file <= 2; file++) {
            gate.awaitArrivals(file);
            seen.add(awaitConnection());
            seen.add(awaitConnection());
            gate.tick();
          }
        });
    assertThat(seen).hasSize(4).containsOnly(seen.getFirst());
    assertThat(seen.getFirst().origin()).hasToString(server.origin());
    assertThat(seen.getFirst().protocol()).isEqualTo("HTTP/1.1");
    assertThat(seen.getFirst().opened()).isBeforeOrEqualTo(Instant.now());
  }

  private ConnectionInfo awaitConnection() {
    watch.awaitProgress(shown -> connections(shown).size() == 1);
    return connections(watch.lastProgress()).getFirst();
  }

  private static List<ConnectionInfo> connections(RunProgress shown) {
    return shown.active().stream()
        .flatMap(file -> file.layout().pieces().stream())
        .flatMap(piece -> piece.connection().stream())
        .toList();
  }

  @Test
  void thePieceOfAFileOfUnknownLengthHasNoEnd() {
    server.always("/a", Fault.all(new Fault.Chunked(), new Fault.Stall(100 * KIB, gate)));
    steered(
        List.of(a()),
        run -> {
          watch.awaitProgress(
              file(
                  file ->
                      file.layout().pieces().stream()
                          .anyMatch(piece -> piece.end() == Long.MAX_VALUE)));
          gate.open();
        });
  }

  @Test
  void anOriginsPauseAndErrorsAreShownWhileNobodyIsConnected() {
    settings = settings.with(settings.patience().withDelays(HOUR, HOUR));
    server.with("/a", new Fault.RetryAfter(429, 3600));
    steered(
        List.of(a()),
        run -> {
          watch.awaitProgress(
              host(host -> host.errors() == 1 && host.connections() == 0)
                  .and(host(host -> host.origin().equals(a().origin())))
                  .and(host(host -> host.pausedFor(Instant.now()).orElseThrow().toSeconds() > 0)));
          run.stop();
        });
  }

  @Test
  void contentThatIsCutIsAnErrorOfItsOrigin() {
    server.with("/a", new Fault.CutAfter(100 * KIB), new Fault.Stall(100 * KIB, gate));
    steered(
        List.of(a()),
        run -> {
          watch.awaitProgress(
              host(host -> host.errors() == 1 && host.received() == 200 * KIB)
                  .and(shown -> shown.retries() == 1));
          gate.open();
        });
  }

  @Test
  void theSpaceInTheFolderIsShown() {
    completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(watch.lastProgress().freeSpace().orElseThrow()).isPositive();
  }
}
