package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.control.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How memory is taken for content. */
class MemorySinkTest {
  private final Cancellation cancellation = new Cancellation();

  private int write(MemorySink sink, int count) throws SinkException {
    ByteBuffer content = ByteBuffer.allocateDirect(count);
    int taken = sink.write(content, count, cancellation);
    assertThat(content.position()).isZero();
    return taken;
  }

  @Test
  void anAnnouncedLengthTakesNoMemory() throws SinkException {
    MemorySink sink = new MemorySink(Integer.MAX_VALUE);
    assertThat(sink.expect(2_000_000_000)).isEmpty();
    write(sink, 3);
    assertThat(sink.bytes()).hasSizeLessThan(100_000);
  }

  @Test
  void anAnnouncedLengthIsNotExceeded() throws SinkException {
    MemorySink sink = new MemorySink(1_000_000);
    assertThat(sink.expect(100_001)).isEmpty();
    write(sink, 100_000);
    write(sink, 1);
    assertThat(sink.bytes()).hasSize(100_001);
  }

  @Test
  void memoryGrowsByDoublingAndIsTrimmedAtTheEnd() throws SinkException {
    MemorySink sink = new MemorySink(10_000_000);
    for (int i = 0; i < 100; i++) {
      write(sink, 1_000);
    }
    assertThat(sink.bytes()).hasSize(131_072);
    sink.settle(true, cancellation);
    assertThat(sink.bytes()).hasSize(100_000);
  }

  @Test
  void theBoundIsFilledAndNotExceeded() throws SinkException {
    MemorySink sink = new MemorySink(10);
    assertThat(write(sink, 9)).isEqualTo(9);
    assertThat(write(sink, 9)).isEqualTo(1);
    assertThatThrownBy(() -> write(sink, 1))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("at most 10 bytes");
    assertThat(sink.expect(11)).isPresent();
    assertThat(sink.expect(10)).isEmpty();
  }

  /** The content is a file with a hole, so the test itself takes no memory. */
  @Test
  void aHeapWithoutRoomIsAFailureAndNoError(@TempDir Path folder) throws IOException {
    int most = Integer.MAX_VALUE - 8;
    assumeThat(Runtime.getRuntime().maxMemory()).isLessThan(most);
    Path file = folder.resolve("hole");
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer content = channel.map(FileChannel.MapMode.READ_WRITE, 0, most);
      MemorySink sink = new MemorySink(Integer.MAX_VALUE);
      assertThatThrownBy(() -> sink.write(content, most, cancellation))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("the heap has no room for " + most + " bytes");
    }
  }

  @Test
  void aRestartForgetsWhatWasThere() throws SinkException {
    MemorySink sink = new MemorySink(100);
    assertThat(sink.expect(50)).isEmpty();
    write(sink, 50);
    sink.restart();
    assertThat(sink.delivered()).isZero();
    assertThat(write(sink, 100)).isEqualTo(100);
  }
}
