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
 * A file channel whose {@link #transferFrom} writes the network's own buffer. The JDK's would copy
 * a source that is no file through 8 KiB of heap, and write as little at a time; other sources
 * still go to it, which moves files inside the kernel. Everything else is the delegate's.
 */
public class PartChannel extends FileChannel {

  private final FileChannel file;
  private @Nullable PartWatch watch;
  private Closing closing = FileChannel::close;

  PartChannel(FileChannel file) {
    this.file = file;
  }

  /** What becomes of the file's own channel when this one is closed. */
  @FunctionalInterface
  interface Closing {
    void close(FileChannel file) throws IOException;
  }

  /** From now on nothing is written to a file that others have cut. */
  PartChannel watchedBy(PartWatch other, Closing end) {
    watch = other;
    closing = end;
    return this;
  }

  /**
   * The body in the form in which this channel likes to write it, to be closed by the caller that
   * opened the body itself. One at a time.
   *
   * @param position where its first byte will be written
   * @param end the byte after the last one that will be written, which may change
   */
  public BodyChannel prepare(BodyChannel body, long position, LongSupplier end) {
    return body;
  }

  /**
   * Moves one lent buffer of a {@link BodyChannel}, or its first {@code count} bytes, to {@code
   * position}.
   *
   * @return the bytes moved, all of them written; 0 when the content has ended
   * @throws dev.bulkdl.content.BodyException when the content cannot be read; nothing was moved
   *     then
   * @throws IOException when the file cannot be written
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
