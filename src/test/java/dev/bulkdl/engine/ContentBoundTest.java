package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.disk.DiskFileSystem;
import dev.bulkdl.testkit.disk.Hook;
import dev.bulkdl.testkit.disk.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifest, the settings and the disk allow is all that is taken of a file. */
class ContentBoundTest extends EngineFixture {

  private static final long TEN_THOUSAND = 10_000;

  /** Content that never ends. */
  private enum Endless {
    IN_CHUNKS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{endless 5\r\nhello}"),
    UNTIL_THE_END_OF_THE_CONNECTION("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{endless hello}");

    final Fault fault;

    Endless(String template) {
      fault = new Fault.Raw(template);
    }
  }

  private void allow(long bytes) {
    settings = settings.with(settings.limits().withMaxFileSize(OptionalLong.of(bytes)));
  }

  private void assertCut(Outcome outcome, String told) throws IOException {
    assertThat(failed(outcome))
        .isInstanceOfSatisfying(
            Failure.Changed.class,
            failure -> assertThat(failure.text()).contains("10000 bytes", told));
    assertThat(out.resolve("a")).doesNotExist();
    assertThat(Files.size(part(a()))).isLessThanOrEqualTo(TEN_THOUSAND);
    assertThat(outcome.effort().attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void theSizeOfTheRowBoundsContentWithoutALength(Endless endless) throws IOException {
    server.always("/a", endless.fault);
    assertCut(download(sized(a(), TEN_THOUSAND)), "the manifest says");
  }

  @ParameterizedTest
  @EnumSource
  void theSettingBoundsContentWithoutALength(Endless endless) throws IOException {
    server.always("/a", endless.fault);
    allow(TEN_THOUSAND);
    assertCut(download(a()), "--max-file-size");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theSmallerBoundHolds(int segments) throws IOException {
    segments(segments);
    server.always("/a", Endless.IN_CHUNKS.fault);
    allow(TEN_THOUSAND);
    assertCut(download(sized(a(), 20_000)), "--max-file-size");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void contentWithoutALengthMayHaveJustTheSizeOfTheRow(long more) {
    server.always("/a", new Fault.Chunked());
    Outcome outcome = download(sized(a(), PAYLOAD.size() + more));
    if (more == 0) {
      completed(outcome);
      Trees.assertHolds(out, "a", PAYLOAD);
    } else {
      assertThat(failed(outcome))
          .isInstanceOf(more < 0 ? Failure.Changed.class : Failure.Truncated.class);
      assertThat(out.resolve("a")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLengthBeyondTheSettingIsRefusedBeforeAByteIsWritten(Shape shape) {
    prepare(shape);
    long there = shape.resumed ? part(a()).toFile().length() : 0;
    allow(PAYLOAD.size() - 1);
    Outcome outcome = download(a());
    assertThat(failed(outcome)).isInstanceOf(Failure.Changed.class);
    assertThat(failed(outcome).text()).contains("--max-file-size", "" + PAYLOAD.size());
    assertThat(outcome.effort().downloaded()).isZero();
    assertThat(part(a()).toFile().length()).isEqualTo(there);
    assertThat(asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileOfJustTheAllowedSizeIsTaken(boolean chunked) {
    server.always("/a", chunked ? new Fault.Chunked() : Fault.NONE);
    allow(PAYLOAD.size());
    completed(download(a()));
    Trees.assertHolds(out, "a", PAYLOAD);
  }

  @Test
  void whatIsThereAlreadyIsNotJudged() {
    completed(download(a()));
    allow(1);
    assertThat(download(a())).isInstanceOf(Outcome.Skipped.class);
  }

  /** A file system with as much room as the test says. */
  private record Room(AtomicLong bytes) implements Hook {
    @Override
    public long before(Operation operation) {
      return operation.bytes();
    }

    @Override
    public long usableSpace(long real) {
      return bytes.get();
    }
  }

  @Test
  void contentWithoutALengthLeavesAReserveOnTheDiskAndGoesOnLater() {
    server.always("/a", new Fault.Chunked());
    Room room = new Room(new AtomicLong(500_000));
    disk(d -> DiskSettings.in(new DiskFileSystem(room).of(out)));
    assertThat(failed(download(a())))
        .isInstanceOfSatisfying(
            Failure.Disk.class,
            failure -> {
              assertThat(failure.full()).isTrue();
              assertThat(failure.text()).contains("500000 bytes are free", "--max-file-size");
            });
    assertThat(part(a()).toFile().length()).isBetween(1L << 20, PAYLOAD.size() - 1);
    room.bytes.set(1L << 40);
    assertThat(completed(download(a())).effort().resumed()).isPositive();
    Trees.assertHolds(out, "a", PAYLOAD);
  }

  @Test
  void aKnownLengthNeedsNoReserve() {
    Room room = new Room(new AtomicLong(PAYLOAD.size()));
    disk(d -> DiskSettings.in(new DiskFileSystem(room).of(out)));
    completed(download(a()));
  }
}
