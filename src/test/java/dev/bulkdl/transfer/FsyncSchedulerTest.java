package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Threads;
import dev.bulkdl.disk.FsyncFailedException;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FsyncSchedulerTest {

  private static final int INTERVAL = 1_000;
  private static final long SIZE = 2 << 20;

  @TempDir private Path temp;
  private final Gate device = new Gate();
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean broken;
  private PartFile part;
  private SegmentMap map;
  private Segment segment;
  private FsyncScheduler scheduler;

  /** An fsync that waits for the gate, and fails if {@code broken}. */
  private long force(Operation operation) throws IOException {
    if (operation.kind() == Operation.Kind.FORCE && operation.path().toString().endsWith(".part")) {
      device.pass();
      if (broken) {
        throw new IOException("Input/output error");
      }
    }
    return operation.bytes();
  }

  @BeforeEach
  void begin() throws IOException {
    Hook disk = this::force;
    OutputFolder folder =
        OutputFolder.open(Settings.in(new DiskFileSystem(disk).of(temp.resolve("out"))).disk());
    Placed place = folder.place(TargetName.of("a"));
    part = folder.part(((Placed.At) place).place(), URI.create("http://host.example/a"));
    part.begin(
        new Version(
            Optional.of("\"1\""), Optional.empty(), Optional.empty(), OptionalLong.of(SIZE)));
    map = new SegmentMap(ByteRanges.EMPTY, OptionalLong.of(SIZE), PieceSizes.held(1), () -> 0);
    segment = map.claim(map.newThroughput()).orElseThrow();
    scheduler = new FsyncScheduler(part, map, INTERVAL);
  }

  @AfterEach
  void end() throws IOException {
    device.open();
    part.close();
  }

  private void write(int bytes) throws IOException {
    assertThat(map.reserve(segment, bytes)).isEqualTo(bytes);
    segment.advance(bytes);
    scheduler.wrote(bytes, cancellation);
  }

  /** Work on another thread. */
  private interface Work {
    void run() throws IOException;
  }

  private static CompletableFuture<Optional<Exception>> beside(Work work) {
    CompletableFuture<Optional<Exception>> thrown = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
                thrown.complete(Optional.empty());
              } catch (IOException | RuntimeException e) {
                thrown.complete(Optional.of(e));
              }
            });
    return thrown;
  }

  private static void unchecked(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteRanges forced() throws IOException {
    return part.remains().journal().orElseThrow().forced();
  }

  @Test
  void writingContinuesDuringAnFsync() throws IOException {
    write(INTERVAL);
    device.awaitArrivals(1);
    write(INTERVAL - 1);
    device.open();
    scheduler.awaitIdle(cancellation);
    assertThat(device.arrivals()).isOne();
    assertThat(forced()).isEqualTo(ByteRanges.prefix(INTERVAL));
  }

  @Test
  void theNextIntervalWaitsForThePreviousFsync() throws IOException, InterruptedException {
    write(INTERVAL);
    device.awaitArrivals(1);
    Threads second = Threads.start(() -> unchecked(() -> write(INTERVAL)));
    second.awaitBlocked();
    assertThat(device.arrivals()).isOne();
    device.tick();
    device.awaitArrivals(2);
    assertThat(second.join()).isNull();
    device.open();
    scheduler.awaitIdle(cancellation);
    assertThat(forced()).isEqualTo(ByteRanges.prefix(2 * INTERVAL));
  }

  @Test
  void aWaitForTheDeviceCanBeStopped() throws IOException, InterruptedException {
    write(INTERVAL);
    device.awaitArrivals(1);
    Threads second = Threads.start(() -> unchecked(() -> write(INTERVAL)));
    second.awaitBlocked();
    cancellation.cancel();
    assertThat(second.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void aFailureIsReportedByTheNextCall() throws IOException {
    broken = true;
    write(INTERVAL);
    device.open();
    assertThatExceptionOfType(FsyncFailedException.class)
        .isThrownBy(() -> scheduler.awaitIdle(cancellation));
    assertThatExceptionOfType(FsyncFailedException.class).isThrownBy(() -> write(INTERVAL));
    broken = false; // the system reports a failure once
    assertThatExceptionOfType(FsyncFailedException.class).isThrownBy(scheduler::syncAtStop);
    assertThat(forced()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void aStopWithoutAnFsyncThrowsNothing() throws IOException {
    cancellation.cancel();
    scheduler.awaitIdle(cancellation);
    assertThat(device.arrivals()).isZero();
  }

  @Test
  void aStopDuringAWaitSyncsTheWrittenBytes() throws IOException {
    write(INTERVAL);
    device.awaitArrivals(1);
    map.reserve(segment, 7);
    segment.advance(7);
    CompletableFuture<Optional<Exception>> settling =
        beside(() -> scheduler.awaitIdle(cancellation));
    cancellation.cancel();
    device.open();
    assertThat(settling.join()).containsInstanceOf(CancellationException.class);
    assertThat(forced()).isEqualTo(ByteRanges.prefix(INTERVAL + 7));
  }

  @Test
  void aStopSyncsTheWrittenBytes() throws IOException {
    device.open();
    write(3);
    scheduler.syncAtStop();
    assertThat(forced()).isEqualTo(ByteRanges.prefix(3));
  }
}
