package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.http.JettyClient;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Background;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the closing check is made, with a clock that only the test moves. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingCheckTest {

  private static final Payload SMALL = new Payload(1, 100_000);
  private static final Payload OTHER = new Payload(2, 100_000);

  private static final long TWO_SECONDS = 2_000_000_000;

  @TempDir private Path temp;
  private final FaultServer server = FaultServer.http().serve("/a", SMALL);
  private final Download file = Download.of("a", server.uri("/a"));
  private final FileProgress progress = new FileProgress(file, new LongAdder());

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    // a hash, bytes, milliseconds, whether the check is made
    "false, 100, 0, false",
    "false, 100, 1000, false",
    "false, 100, 1001, true",
    "false, 0, 1001, true",
    "false, 16777215, 1000, false",
    "false, 16777216, 0, true",
    "true, 16777216, 0, false",
    "true, 100, 5000, false",
  })
  void isDueForLargeOrSlowFilesThatNoHashProves(
      boolean hashed, long size, long millis, boolean due) {
    assertThat(ClosingCheck.isDue(hashed, size, Duration.ofMillis(millis))).isEqualTo(due);
  }

  @Test
  void nothingIsAskedAtTheEndOfASmallAndQuickFile() {
    assertThat(download(() -> 0)).isInstanceOf(Outcome.Completed.class);
    assertThat(server.requests()).hasSize(1).allMatch(SeenRequest::isGet);
  }

  @Test
  void aSmallFileThatTookLongerThanASecondIsChecked() {
    assertThat(downloadSlowly(Fault.NONE)).isInstanceOf(Outcome.Completed.class);
    assertThat(server.requests()).extracting(SeenRequest::method).containsExactly("GET", "HEAD");
    assertThat(SMALL.matches(target())).isTrue();
  }

  @Test
  void aSmallFileThatWasOverwrittenIsFetchedAgain() {
    assertThat(downloadSlowly(new Fault.OverwrittenAfter(50_000, OTHER)))
        .isInstanceOf(Outcome.Completed.class);
    assertThat(OTHER.matches(target())).isTrue();
  }

  /** A server that limits its requests answers the check later. */
  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aBusyServerIsAskedAgain(int status) {
    Fault busy = new Fault.Status(status, Map.of("Retry-After", "0"));
    assertThat(
            downloadSlowly(new Fault.OverwrittenAfter(50_000, OTHER), busy, busy, Fault.NONE, busy))
        .isInstanceOf(Outcome.Completed.class);
    assertThat(OTHER.matches(target())).isTrue();
  }

  @Test
  void aServerThatStaysBusyIsNotAskedForEver() {
    server.always(
        "/a", request -> !request.isGet(), new Fault.Status(503, Map.of("Retry-After", "0")));
    assertThat(downloadSlowly(Fault.NONE)).isInstanceOf(Outcome.Completed.class);
    assertThat(server.requests()).hasSize(1 + 1 + 5 + 1);
    assertThat(SMALL.matches(target())).isTrue();
  }

  /** A file that waits for a connection is not one that is sent slowly. */
  @Test
  void theTimeBeforeTheFirstAnswerDoesNotCount() {
    AtomicLong now = new AtomicLong();
    Gate gate = new Gate();
    server.with("/a", new Fault.HoldBefore(gate));
    CompletableFuture<Outcome> outcome = Background.start(() -> download(now::get));
    gate.awaitArrivals(1);
    now.set(TWO_SECONDS);
    gate.open();
    assertThat(outcome.join()).isInstanceOf(Outcome.Completed.class);
    assertThat(server.requests()).hasSize(1);
  }

  /** A busy machine needs long to write content that arrived at once. */
  @Test
  void theTimeAfterTheLastContentDoesNotCount() {
    server.serve("/a", new Payload(1, 1000));
    assertThat(download(() -> progress.bytes() > 0 ? TWO_SECONDS : 0))
        .isInstanceOf(Outcome.Completed.class);
    assertThat(server.requests()).hasSize(1);
  }

  /** Two seconds pass after the first bytes, which arrive alone. */
  private Outcome downloadSlowly(Fault first, Fault... next) {
    Gate gate = new Gate();
    List<Fault> script = new ArrayList<>(List.of(next));
    script.addFirst(Fault.all(new Fault.Stall(50_000, gate), first));
    server.with("/a", script.toArray(Fault[]::new));
    return download(
        () -> {
          if (progress.bytes() == 0) {
            return 0;
          }
          gate.open();
          return TWO_SECONDS;
        });
  }

  private Path target() {
    return temp.resolve("out/a");
  }

  private Outcome download(Ticker ticker) {
    Settings plain = Settings.in(temp.resolve("out"));
    Settings settings = plain.with(Limits.FIXED.withSegments(1, Limits.FIXED.segmentMin()));
    Permits permits = new Permits(settings.limits());
    try (OutputFolder folder = OutputFolder.open(settings.disk());
        JettyClient client =
            new JettyClient(
                settings.http(),
                settings.timeouts().connect(),
                JettyClient.Allowed.by(permits),
                "test")) {
      Fetcher fetcher = client.forRun(settings.timeouts(), took -> {});
      TransferContext context =
          new TransferContext(
              settings,
              TransferContext.Shared.alone(fetcher),
              TransferContext.Target.of(folder),
              permits,
              new RunControl(permits),
              new TransferListener() {},
              new TransferContext.Clocks(ticker, Sleeper.system(), () -> 0.5));
      return new FileTransfer(context, file, progress, new Cancellation()).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
