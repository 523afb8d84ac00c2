package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes whole blocks past the system's page cache, and through it what is less than a block or
 * comes slowly. For one thread.
 */
final class DirectChannel extends PartChannel {

  /** Less would keep a disk with a head busy; the cache gathers it better. */
  private static final int LEAST = 256 << 10;

  private final FileChannel direct;
  private final ByteBuffer buffer;
  private final AlignedBuffers buffers;
  private final LongSupplier nanoTime;

  /**
   * @param file the file, written through the cache
   * @param direct the same, written past it
   */
  DirectChannel(
      FileChannel file,
      FileChannel direct,
      ByteBuffer buffer,
      AlignedBuffers buffers,
      LongSupplier nanoTime) {
    super(file);
    this.nanoTime = nanoTime;
    this.direct = direct;
    this.buffer = buffer;
    this.buffers = buffers;
  }

  /**
   * One that writes directly, or as ever where all buffers are in use or this file system, on which
   * a folder below the output folder may lie, knows no other way.
   *
   * @param file the same file, written through the cache
   */
  static PartChannel of(FileChannel file, Path path, AlignedBuffers buffers) {
    Optional<ByteBuffer> buffer = buffers.take();
    if (buffer.isEmpty()) {
      return new PartChannel(file);
    }
    try {
      return new DirectChannel(file, DirectIo.open(path), buffer.get(), buffers, System::nanoTime);
    } catch (IOException | UnsupportedOperationException e) {
      buffers.giveBack(buffer.get());
      return new PartChannel(file);
    }
  }

  @Override
  public BodyChannel prepare(BodyChannel body, long position, LongSupplier end) {
    return new AlignedBody(body, buffer, position, end, nanoTime);
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    int inBlock = (int) (position % AlignedBuffers.BLOCK);
    int whole = bytes.remaining() - bytes.remaining() % AlignedBuffers.BLOCK;
    if (inBlock > 0) {
      return write(file(), bytes, position, AlignedBuffers.BLOCK - inBlock);
    }
    return whole >= LEAST && isAligned(bytes)
        ? write(direct, bytes, position, whole)
        : super.write(bytes, position);
  }

  private static boolean isAligned(ByteBuffer bytes) {
    return bytes.isDirect() && bytes.alignmentOffset(bytes.position(), AlignedBuffers.BLOCK) == 0;
  }

  private static int write(FileChannel target, ByteBuffer bytes, long position, int most)
      throws IOException {
    int limit = bytes.limit();
    bytes.limit(bytes.position() + Math.min(bytes.remaining(), most));
    try {
      return target.write(bytes, position);
    } finally {
      bytes.limit(limit);
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    buffers.giveBack(buffer);
    try (direct) {
      super.implCloseChannel();
    }
  }
}
