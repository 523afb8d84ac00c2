package dev.bulkdl.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that tells how it ended. One that was reset fails to be read, where Jetty's own
 * takes that for its ordinary end; and an ordinary end can be told from an answer that makes no
 * sense.
 */
final class ResetAwareEndPoint extends SocketChannelEndPoint implements SslHandshakeListener {

  private final AtomicReference<Optional<Duration>> connectTook;
  private final Runnable closed;
  private volatile boolean ended;
  private volatile @Nullable Throwable handshakeFailure;

  /**
   * @param connectTook how long the TCP connect took, where it was measured
   * @param closed is run once, when the connection is closed
   */
  ResetAwareEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Optional<Duration> connectTook,
      Runnable closed) {
    super(channel, selector, key, scheduler);
    this.connectTook = new AtomicReference<>(connectTook);
    this.closed = closed;
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    closed.run();
  }

  /** What is below a connection, below its TLS too; null for one of another kind. */
  static @Nullable ResetAwareEndPoint of(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    EndPoint lowest =
        endPoint instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : endPoint;
    return lowest instanceof ResetAwareEndPoint telling ? telling : null;
  }

  /** How long the TCP connect took, for the first who asks: the run that opened it. */
  Optional<Duration> takeConnectTime() {
    return connectTook.getAndSet(Optional.empty());
  }

  /** Whether the peer has said that it will send no more. */
  boolean hasEnded() {
    return ended;
  }

  /** Why the TLS handshake over it failed; null while none has. */
  @Nullable Throwable handshakeFailure() {
    return handshakeFailure;
  }

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    handshakeFailure = failure;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (isInputShutdown()) {
      return -1;
    }
    int position = BufferUtil.flipToFill(buffer);
    try {
      int filled = getChannel().read(buffer);
      if (filled > 0) {
        notIdle();
      } else if (filled < 0) {
        ended = true;
        shutdownInput();
      }
      return filled;
    } catch (IOException e) {
      shutdownInput();
      throw e;
    } finally {
      BufferUtil.flipToFlush(buffer, position);
    }
  }
}
