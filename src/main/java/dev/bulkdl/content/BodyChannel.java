package dev.bulkdl.content;

import dev.bulkdl.model.ConnectionInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * The content of a response as a channel that can lend the very buffer which the network filled, so
 * that a file channel writes it without a copy in between. For one thread at a time.
 */
public interface BodyChannel extends ReadableByteChannel {

  /**
   * Waits until content is there, and lends it. What the borrower leaves unread is lent again next
   * time; what it has read is given back to the network by the next call or by {@link #close}.
   *
   * @return a buffer with at least one byte, or an empty one when the content has come to its
   *     proper end
   * @throws BodyException when the content cannot be read to its end; every later call throws it
   *     again
   */
  ByteBuffer lend() throws IOException;

  /**
   * For how many nanoseconds, in all, the network has had nothing to lend when it was asked; 0
   * where the content comes from elsewhere.
   */
  default long waitedNanos() {
    return 0;
  }

  /** Returns the connection that the content comes over; empty if it comes from elsewhere. */
  default Optional<ConnectionInfo> connection() {
    return Optional.empty();
  }

  /** What to do in a wait for the network that takes long. */
  @FunctionalInterface
  interface Meanwhile {

    /**
     * Called by the thread that waits, which goes on waiting.
     *
     * @param waited the nanoseconds for which no byte has arrived
     * @throws IOException that {@link BodyChannel#lend} is to throw
     */
    void act(long waited) throws IOException;
  }

  /**
   * Has this done when {@link #lend} has waited a quarter of a second, and whenever the wait has
   * become twice as long; never where the content comes from elsewhere than the network.
   */
  default void onLongWait(Meanwhile action) {}

  /** Reads by copying from the lent buffer. */
  @Override
  default int read(ByteBuffer target) throws IOException {
    ByteBuffer lent = lend();
    if (!lent.hasRemaining()) {
      return -1;
    }
    int count = Math.min(lent.remaining(), target.remaining());
    target.put(target.position(), lent, lent.position(), count);
    target.position(target.position() + count);
    lent.position(lent.position() + count);
    return count;
  }

  /** Gives the connection back where the content was read to its end, and closes it otherwise. */
  @Override
  void close();

  /**
   * Closes the channel of content that nobody wants. A short rest is read first, if it arrives
   * soon, so that the connection can serve another request.
   */
  default void discard() {
    close();
  }
}
