package dev.bulkdl.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes its time to force what was written does not hold up a stop. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowDiskTest {

  private static final Payload PAYLOAD = new Payload(1, 2 << 20);

  @TempDir private Path temp;
  private final Gate device = new Gate();
  private final Gate network = new Gate();
  private final CountDownLatch written = new CountDownLatch(1);

  /** A force returns when the gate is opened, and not before. */
  private record Slow(Gate device) implements Hook {
    @Override
    public long before(Operation operation) {
      if (operation.kind() == Operation.Kind.FORCE
          && operation.path().toString().endsWith(".part")) {
        device.pass();
      }
      return operation.bytes();
    }
  }

  @Test
  void aStopLeavesTheRestToTheSystem() throws IOException, InterruptedException {
    try (FaultServer server = FaultServer.http().serve("/a", PAYLOAD)) {
      server.always("/a", new Fault.Stall(1 << 20, network));
      Download file = Download.of("a", server.uri("/a"));
      try {
        Run run = downloader().start(List.of(file));
        written.await();
        run.stop();
        Result result = run.await();
        assertThat(device.arrivals()).isPositive();
        assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
      } finally {
        network.open();
        device.open();
      }
      server.mend("/a");
      Outcome later = downloader().download(List.of(file)).files().getFirst().outcome();
      assertThat(later)
          .isInstanceOfSatisfying(
              Outcome.Completed.class,
              done -> {
                assertThat(done.proof()).isEqualTo(Proof.ETAG);
                assertThat(done.effort().resumed()).isPositive();
              });
      assertThat(PAYLOAD.firstDifference(temp.resolve("out").resolve("a"))).isEmpty();
    }
  }

  private BulkDownloader downloader() {
    DiskFileSystem disk = new DiskFileSystem(new Slow(device));
    Path out = disk.of(temp.resolve("out"));
    DiskSettings always = DiskSettings.in(out).with(SyncPolicy.ALWAYS);
    ProgressListener listener =
        progress -> {
          if (progress.received() > 0) {
            written.countDown();
          }
        };
    return Builders.downloader(Settings.in(out).with(always)).listener(listener).build();
  }
}
