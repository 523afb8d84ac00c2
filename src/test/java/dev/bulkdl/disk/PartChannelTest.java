package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.model.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartChannelTest {

  private final FakeFile file = new FakeFile();
  private final PartChannel channel = new PartChannel(file);

  private static BodyChannel lending(ByteBuffer buffer) {
    return new Body(buffer, null);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void writesTheLentBufferItself() throws IOException {
    ByteBuffer lent = bytes("abcdef");
    assertThat(channel.transferFrom(lending(lent), 100, 50)).isEqualTo(6);
    assertThat(file.writes).containsExactly("abcdef at 100");
    assertThat(file.buffers).containsExactly(lent);
    assertThat(lent.hasRemaining()).isFalse();
  }

  @Test
  void writesOnlyCountBytesAndLeavesTheRestInTheBuffer() throws IOException {
    ByteBuffer lent = bytes("abcdef");
    assertThat(channel.transferFrom(lending(lent), 7, 2)).isEqualTo(2);
    assertThat(file.writes).containsExactly("ab at 7");
    assertThat(StandardCharsets.US_ASCII.decode(lent).toString()).isEqualTo("cdef");
  }

  @Test
  void countsAboveTheIntegerRangeWork() throws IOException {
    assertThat(channel.transferFrom(lending(bytes("abc")), 0, 1L << 32)).isEqualTo(3);
  }

  @Test
  void continuesAfterAShortWrite() throws IOException {
    file.mostAtATime = 4;
    assertThat(channel.transferFrom(lending(bytes("abcdefghij")), 1L << 40, 10)).isEqualTo(10);
    long at = 1L << 40;
    assertThat(file.writes)
        .containsExactly("abcd at " + at, "efgh at " + (at + 4), "ij at " + (at + 8));
  }

  @Test
  void writesNothingAtTheEndOfTheContent() throws IOException {
    assertThat(channel.transferFrom(lending(bytes("")), 0, 10)).isZero();
    assertThat(file.writes).isEmpty();
  }

  @Test
  void aNetworkFailureIsABodyException() {
    BodyException cut = new BodyException(new Failure.Reset("cut"));
    assertThatExceptionOfType(BodyException.class)
        .isThrownBy(() -> channel.transferFrom(new Body(bytes(""), cut), 0, 10))
        .isSameAs(cut);
    assertThat(file.writes).isEmpty();
  }

  @Test
  void aDiskFailureIsNotABodyExceptionAndKeepsTheBuffer() {
    file.failure = new IOException("No space left on device");
    ByteBuffer lent = bytes("abcdef");
    assertThatIOException()
        .isThrownBy(() -> channel.transferFrom(lending(lent), 0, 3))
        .isSameAs(file.failure);
    assertThat(lent.limit()).isEqualTo(6);
  }

  @Test
  void anyOtherSourceGoesToTheFileItself() throws IOException {
    ReadableByteChannel other = Channels.newChannel(new ByteArrayInputStream(new byte[5]));
    assertThat(channel.transferFrom(other, 3, 5)).isEqualTo(FakeFile.TRANSFERRED);
    assertThat(file.sources).containsExactly(other);
  }

  @Test
  void closesTheFile() throws IOException {
    channel.close();
    assertThat(file.isOpen()).isFalse();
  }

  @Test
  void delegatesEverythingElse() throws IOException {
    channel.force(true);
    channel.truncate(9);
    assertThat(channel.size()).isEqualTo(9);
    assertThat(file.writes).containsExactly("forced true", "truncated 9");
    channel.write(bytes("xy"), 5);
    assertThat(file.writes).endsWith("xy at 5");
  }

  private record Body(ByteBuffer buffer, IOException failure) implements BodyChannel {
    @Override
    public ByteBuffer lend() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return buffer;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Records its calls. Methods that no test needs are not implemented. */
  private static final class FakeFile extends FileChannel {
    static final long TRANSFERRED = 42;

    final List<String> writes = new ArrayList<>();
    final List<ByteBuffer> buffers = new ArrayList<>();
    final List<ReadableByteChannel> sources = new ArrayList<>();
    int mostAtATime = Integer.MAX_VALUE;
    IOException failure;
    private long size;

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      if (failure != null) {
        throw failure;
      }
      byte[] taken = new byte[Math.min(source.remaining(), mostAtATime)];
      source.get(taken);
      buffers.add(source);
      writes.add(new String(taken, StandardCharsets.US_ASCII) + " at " + position);
      return taken.length;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
      sources.add(source);
      return TRANSFERRED;
    }

    @Override
    public FileChannel truncate(long newSize) {
      writes.add("truncated " + newSize);
      size = newSize;
      return this;
    }

    @Override
    public void force(boolean metaData) {
      writes.add("forced " + metaData);
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() {}
  }
}
