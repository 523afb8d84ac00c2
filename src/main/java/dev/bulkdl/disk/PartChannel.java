package dev.bulkdl.disk;

import dev.bulkdl.content.BodyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file channel whose {@link #transferFrom} writes the network's buffer directly. The JDK's method
 * would copy a body through 8 KiB of heap and write in pieces of that size. Other sources go to the
 * JDK's method, which copies files inside the kernel. All other methods delegate.
 */
public class PartChannel extends FileChannel {

  private final FileChannel file;
  private @Nullable PartWatch watch;
  private Closing closing = FileChannel::close;

  PartChannel(FileChannel file) {
    this.file = file;
  }

  /** Decides what happens to the underlying channel on close. */
  @FunctionalInterface
  interface Closing {
    void close(FileChannel file) throws IOException;
  }

  /** From now on each write first checks that others have not truncated the file. */
  PartChannel watchedBy(PartWatch other, Closing end) {
    watch = other;
    closing = end;
    return this;
  }

  /**
   * Returns the body in the form that this channel writes best. The caller closes the body that it
   * opened itself. At most one is in use at a time.
   *
   * @param position the file offset of the body's first byte
   * @param end the file offset behind the last byte to write; it can change during the transfer
   */
  public BodyChannel prepare(BodyChannel body, long position, LongSupplier end) {
    return body;
  }

  /**
   * Writes one lent buffer of a {@link BodyChannel}, or its first {@code count} bytes, at {@code
   * position}.
   *
   * @return the number of bytes, all of them written; 0 at the end of the body
   * @throws dev.bulkdl.content.BodyException if the body cannot be read; then nothing was written
   * @throws ChangedByOthersException if others have truncated the file
   * @throws IOException if the file cannot be written
   */
  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    if (!(source instanceof BodyChannel body)) {
      return file.transferFrom(source, position, count);
    }
    ByteBuffer lent = body.lend();
    int limit = lent.limit();
    lent.limit(lent.position() + (int) Math.min(lent.remaining(), count));
    try {
      return writeAll(lent, position);
    } finally {
      lent.limit(limit);
    }
  }

  FileChannel file() {
    return file;
  }

  private long writeAll(ByteBuffer bytes, long position) throws IOException {
    PartWatch watched = watch;
    if (watched != null && bytes.hasRemaining()) {
      watched.checkNotCut(file);
    }
    long at = position;
    while (bytes.hasRemaining()) {
      at += write(bytes, at);
      if (watched != null) {
        watched.wrote(at);
      }
    }
    return at - position;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return file.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return file.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return file.write(bytes);
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
    return file.write(bytes, offset, length);
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return file.write(bytes, position);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, count, target);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return file.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    closing.close(file);
  }
}
