package dev.bulkdl.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;

/** Where the caller wants content written. It is flushed and never closed. */
public interface ContentTarget {

  /** Writes the first {@code count} of these bytes. They are not kept. */
  void write(byte[] bytes, int count) throws IOException;

  /** All bytes were written. */
  void flush() throws IOException;

  static ContentTarget of(OutputStream stream) {
    return new ContentTarget() {
      @Override
      public void write(byte[] bytes, int count) throws IOException {
        stream.write(bytes, 0, count);
      }

      @Override
      public void flush() throws IOException {
        stream.flush();
      }
    };
  }

  /**
   * A channel has nothing to flush.
   *
   * @throws IllegalBlockingModeException when the channel does not block
   */
  static ContentTarget of(WritableByteChannel channel) {
    if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
      throw new IllegalBlockingModeException();
    }
    return new ContentTarget() {
      @Override
      public void write(byte[] bytes, int count) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }

      @Override
      public void flush() {}
    };
  }
}
