package dev.bulkdl.testkit.disk;

import dev.bulkdl.testkit.disk.Operation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file that keeps its current name. */
final class DiskChannel extends FileChannel {

  private final DiskFileSystem system;
  private final FileChannel file;
  private volatile Path path;

  DiskChannel(DiskFileSystem system, Path path, FileChannel file) {
    this.system = system;
    this.path = path;
    this.file = file;
    system.open().add(this);
  }

  Path path() {
    return path;
  }

  void moved(Path from, Path to) {
    if (path.equals(from)) {
      path = to;
    }
  }

  /** A call to the real file. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  private <T> T perform(Kind kind, long bytes, Call<T> call) throws IOException {
    Operation operation = Operation.of(kind, path, bytes);
    system.hook().before(operation);
    T result = call.run();
    system.hook().after(operation);
    return result;
  }

  /** The call that writes. */
  @FunctionalInterface
  private interface Write {
    int run(ByteBuffer bytes) throws IOException;
  }

  /** A short write takes the first bytes of the buffer. */
  private int write(ByteBuffer bytes, Write write) throws IOException {
    Operation operation = Operation.of(Kind.WRITE, path, bytes.remaining());
    int admitted = (int) system.hook().before(operation);
    int count = write.run(bytes.slice().limit(admitted));
    bytes.position(bytes.position() + count);
    system.hook().after(operation);
    return count;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return write(bytes, file::write);
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return write(bytes, first -> file.write(first, position));
  }

  @Override
  public long write(ByteBuffer[] all, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (all[i].hasRemaining()) {
        return write(all[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    Operation operation = Operation.of(Kind.WRITE, path, count);
    long admitted = system.hook().before(operation);
    long moved = file.transferFrom(source, position, Math.min(count, admitted));
    system.hook().after(operation);
    return moved;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return perform(Kind.READ, bytes.remaining(), () -> file.read(bytes));
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return perform(Kind.READ, bytes.remaining(), () -> file.read(bytes, position));
  }

  @Override
  public long read(ByteBuffer[] all, int offset, int length) throws IOException {
    return perform(Kind.READ, 0, () -> file.read(all, offset, length));
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    perform(Kind.TRUNCATE, size, () -> file.truncate(size));
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    perform(
        Kind.FORCE,
        0,
        () -> {
          file.force(metadata);
          return path;
        });
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return perform(Kind.LOCK, size, () -> file.tryLock(position, size, shared));
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return perform(Kind.LOCK, size, () -> file.lock(position, size, shared));
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
    return perform(Kind.ATTRIBUTES, 0, file::size);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  /** A failed close still closes the file. */
  @Override
  protected void implCloseChannel() throws IOException {
    try {
      system.hook().before(Operation.of(Kind.CLOSE, path));
    } finally {
      file.close();
      system.open().remove(this);
    }
  }
}
