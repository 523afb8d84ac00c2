package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes whole blocks with O_DIRECT, and the rest through the page cache: beginnings and ends of
 * blocks, and small amounts from a slow connection. Not thread-safe: one thread uses it.
 */
final class DirectChannel extends PartChannel {

  /**
   * The smallest O_DIRECT write in bytes. Smaller ones would make a hard disk seek; the page cache
   * merges them.
   */
  private static final int MIN_DIRECT_BYTES = 256 << 10;

  private final FileChannel direct;
  private final ByteBuffer buffer;
  private final AlignedBuffers buffers;
  private final LongSupplier nanoTime;

  /**
   * @param file the file, opened with the page cache
   * @param direct the same file, opened with O_DIRECT
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
   * Returns a channel with O_DIRECT, or a plain one if all buffers are in use or the file system
   * refuses O_DIRECT. (A subfolder can be on another file system than the output folder.)
   *
   * @param file the same file, opened with the page cache
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
    return whole >= MIN_DIRECT_BYTES && isAligned(bytes)
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
