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
 * A connection that knows how it ended. A read after a reset fails; Jetty's own treats a reset as a
 * normal end. It also shows whether the connection ended, so that an end can be distinguished from
 * a malformed response.
 */
final class ResetAwareEndPoint extends SocketChannelEndPoint implements SslHandshakeListener {

  private final AtomicReference<Optional<Duration>> connectTook;
  private final Runnable closed;
  private volatile boolean ended;
  private volatile boolean broken;
  private volatile @Nullable Throwable handshakeFailure;

  /**
   * @param connectTook the time of the TCP connect, if it was measured
   * @param closed runs once when the connection is closed
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

  /** Returns the end point of a connection, below TLS if there is TLS; null for another kind. */
  static @Nullable ResetAwareEndPoint of(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    EndPoint lowest =
        endPoint instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : endPoint;
    return lowest instanceof ResetAwareEndPoint aware ? aware : null;
  }

  /**
   * Returns the time of the TCP connect to the first caller, which is the run that opened the
   * connection.
   */
  Optional<Duration> takeConnectTime() {
    return connectTook.getAndSet(Optional.empty());
  }

  /** Whether the peer has ended its direction. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the peer has ended its direction or has reset the connection. */
  boolean isOverByPeer() {
    return ended || broken;
  }

  /** Why the TLS handshake failed; null if it did not. */
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
      broken = true;
      shutdownInput();
      throw e;
    } finally {
      BufferUtil.flipToFlush(buffer, position);
    }
  }
}
