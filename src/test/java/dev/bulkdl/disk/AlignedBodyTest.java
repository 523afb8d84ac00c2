package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.model.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class AlignedBodyTest {

  private static final int ROOM = 2 * AlignedBuffers.BLOCK;

  private final ByteBuffer buffer = ByteBuffer.allocate(ROOM);
  private long now;
  private long end = Long.MAX_VALUE;

  private BodyChannel gathered(long position, BodyChannel body) {
    return new AlignedBody(body, buffer, position, () -> end, () -> now);
  }

  /** Lends these texts one after the other, each after 40 ms, and then ends. */
  private final class Slow implements BodyChannel {
    private final Deque<ByteBuffer> content = new ArrayDeque<>();
    private RuntimeException stop;
    private BodyException failure;
    private boolean open = true;

    Slow(String... parts) {
      Arrays.stream(parts)
          .map(part -> ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)))
          .forEach(content::add);
    }

    @Override
    public ByteBuffer lend() throws IOException {
      while (!content.isEmpty() && !content.getFirst().hasRemaining()) {
        content.removeFirst();
      }
      now += 40_000_000;
      if (!content.isEmpty()) {
        return content.getFirst();
      }
      if (stop != null) {
        throw stop;
      }
      if (failure != null) {
        throw failure;
      }
      return ByteBuffer.allocate(0);
    }

    @Override
    public long waitedNanos() {
      return 7;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private static String text(ByteBuffer lent) {
    return StandardCharsets.US_ASCII.decode(lent.duplicate()).toString();
  }

  private static void take(ByteBuffer lent) {
    lent.position(lent.limit());
  }

  @Test
  void gathersUntilTheContentEnds() throws IOException {
    BodyChannel body = gathered(0, new Slow("ab", "cd"));
    ByteBuffer lent = body.lend();
    assertThat(text(lent)).isEqualTo("abcd");
    take(lent);
    assertThat(body.lend().hasRemaining()).isFalse();
  }

  /** The wait for the first byte does not count. */
  @Test
  void gathersForAtMost100Milliseconds() throws IOException {
    BodyChannel body = gathered(0, new Slow("a", "b", "c", "d", "e", "f", "g"));
    ByteBuffer lent = body.lend();
    assertThat(text(lent)).isEqualTo("abcd");
    take(lent);
    assertThat(text(body.lend())).isEqualTo("efg");
  }

  /** Another connection can have taken over the bytes behind the end. */
  @Test
  void waitsForNothingBeyondTheEnd() throws IOException {
    end = 12;
    BodyChannel body = gathered(10, new Slow("ab", "cd"));
    ByteBuffer lent = body.lend();
    assertThat(text(lent)).isEqualTo("ab");
    take(lent);
    end = 13;
    assertThat(text(body.lend())).isEqualTo("cd");
  }

  @Test
  void lendsAgainWhatWasLeft() throws IOException {
    BodyChannel body = gathered(0, new Slow("abc", "def"));
    body.lend().get();
    assertThat(text(body.lend())).isEqualTo("bcdef");
  }

  @Test
  void everyByteHasTheSameOffsetInItsBlockAsInTheFile() throws IOException {
    String much = "x".repeat(ROOM);
    BodyChannel body = gathered(5L * AlignedBuffers.BLOCK + 100, new Slow(much, much));
    ByteBuffer lent = body.lend();
    assertThat(lent.position()).isEqualTo(100);
    assertThat(lent.remaining()).isEqualTo(ROOM - 100);
    take(lent);
    assertThat(body.lend().position()).isZero();
    assertThat(lent.remaining()).isEqualTo(ROOM);
    take(lent);
    assertThat(body.lend().remaining()).isEqualTo(100);
  }

  @Test
  void bytesBeforeAFailureAreGood() throws IOException {
    Slow cut = new Slow("ab");
    cut.failure = new BodyException(new Failure.Reset("cut"));
    BodyChannel body = gathered(0, cut);
    ByteBuffer lent = body.lend();
    assertThat(text(lent)).isEqualTo("ab");
    take(lent);
    for (int call : List.of(1, 2)) {
      assertThatExceptionOfType(BodyException.class)
          .as("call %d", call)
          .isThrownBy(body::lend)
          .isSameAs(cut.failure);
    }
  }

  @Test
  void aStopDoesNotWait() {
    Slow stopped = new Slow("ab");
    stopped.stop = new CancellationException();
    BodyChannel body = gathered(0, stopped);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(body::lend)
        .isSameAs(stopped.stop);
  }

  @Test
  void isOpenAndWaitsAsTheBodyDoes() {
    Slow slow = new Slow();
    BodyChannel body = gathered(0, slow);
    assertThat(body.isOpen()).isTrue();
    assertThat(body.waitedNanos()).isEqualTo(7);
    body.close();
    assertThat(slow.open).isFalse();
    assertThat(body.isOpen()).isFalse();
  }
}
