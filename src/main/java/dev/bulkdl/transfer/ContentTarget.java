package dev.bulkdl.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;

/** The stream or channel of a caller. It is flushed and never closed. */
public interface ContentTarget {

  /** Writes the first {@code count} of these bytes, and does not keep the array. */
  void write(byte[] bytes, int count) throws IOException;

  /** Called once, when all bytes were written. */
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
   * Returns the target for a channel, which needs no flush.
   *
   * @throws IllegalBlockingModeException if the channel is in non-blocking mode
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
