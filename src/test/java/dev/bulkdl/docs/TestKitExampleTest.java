package dev.bulkdl.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.model.Download;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.Wire;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/testing.md, to be read beside it. */
class TestKitExampleTest {
  private final Payload payload = new Payload(1, 300_000);
  private final FaultServer server = FaultServer.http();

  @TempDir private Path temp;

  @AfterEach
  void close() {
    server.close();
  }

  private Result download(URI source) throws IOException {
    return BulkDownloader.into(temp).build().download(List.of(Download.of("a", source)));
  }

  @Test
  void aCutDownloadGoesOnWhereItWas() throws IOException {
    server.serve("/a", payload).with("/a", new Fault.CutAfter(100_000));
    Result result = download(server.uri("/a"));
    assertThat(result.isComplete()).isTrue();
    server.traffic().awaitRequests("/a", 2);
    assertThat(server.requests("/a").get(1).range()).contains("bytes=100000-299999");
    Trees.assertHolds(temp, "a", payload);
  }

  @Test
  void aGateHoldsARequest() throws IOException {
    Gate gate = new Gate();
    server.serve("/a", payload).always("/a", new Fault.HoldBefore(gate));
    Run run = BulkDownloader.into(temp).build().start(List.of(Download.of("a", server.uri("/a"))));
    gate.awaitArrivals(1);
    assertThat(temp.resolve("a")).doesNotExist();
    gate.open();
    assertThat(run.await().isComplete()).isTrue();
  }

  @Test
  void whatIsNoHttpFailsTheFile() throws IOException {
    try (RawServer raw = new RawServer(Wire.garbage())) {
      Result result = download(raw.uri("/a"));
      assertThat(result.counts().failed()).isOne();
    }
  }

  @Test
  void aDiskMayBeFull() throws IOException {
    Hook full =
        operation -> {
          if (operation.kind() == Operation.Kind.WRITE) {
            throw new IOException("No space left on device");
          }
          return operation.bytes();
        };
    Path folder = new DiskFileSystem(full).of(temp);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.write(folder.resolve("a"), payload.bytes()));
  }
}
