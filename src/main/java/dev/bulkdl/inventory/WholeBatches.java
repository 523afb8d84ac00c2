package dev.bulkdl.inventory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Collects bytes until a flush and writes them to the file by one call, so that lines of several
 * processes do not mix. Not thread-safe: the line writer has a lock.
 */
final class WholeBatches extends OutputStream {

  private final FileChannel file;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();

  /**
   * @param file open for appending; closed with this stream
   */
  WholeBatches(FileChannel file) {
    this.file = file;
  }

  @Override
  public void write(int oneByte) {
    batch.write(oneByte);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    batch.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    ByteBuffer whole = ByteBuffer.wrap(batch.toByteArray());
    batch.reset();
    while (whole.hasRemaining()) {
      file.write(whole);
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      flush();
    }
  }
}
