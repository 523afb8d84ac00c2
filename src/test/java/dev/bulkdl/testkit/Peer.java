package dev.bulkdl.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;

/** The client's end of a connection, while one request is being answered. */
final class Peer {
  private final AbstractEndPoint endPoint;

  Peer(EndPoint endPoint) {
    this.endPoint = (AbstractEndPoint) endPoint;
  }

  /** Writes past HTTP, and returns when the socket has taken it. */
  void write(ByteBuffer bytes) throws IOException {
    CompletableFuture<Void> written = new CompletableFuture<>();
    endPoint.write(
        Callback.from(() -> written.complete(null), written::completeExceptionally), bytes);
    try {
      written.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** FIN; under TLS without the close_notify that should come before it. */
  void cut() {
    socket().close();
  }

  /** RST. */
  void reset() throws IOException {
    SelectableChannelEndPoint socket = (SelectableChannelEndPoint) socket();
    ((SocketChannel) socket.getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  /**
   * Waits for either, and meanwhile watches the connection: clients here do not pipeline, so that
   * anything to read is its end.
   *
   * @throws IOException when the client went or the server closes
   */
  void await(CompletableFuture<Void> passage, CompletableFuture<Void> serverClosed)
      throws IOException {
    if (passage.isDone()) {
      return;
    }
    CompletableFuture<Void> gone = new CompletableFuture<>();
    endPoint.fillInterested(
        Callback.from(() -> gone.complete(null), failure -> gone.complete(null)));
    CompletableFuture.anyOf(passage, gone, serverClosed).join();
    if (gone.isDone() || serverClosed.isDone()) {
      cut();
      throw new EOFException("the client went, or the server closes");
    }
    endPoint.getFillInterest().onFail(new CancellationException("watched for long enough"));
  }

  private EndPoint socket() {
    return endPoint instanceof SslConnection.SslEndPoint tls
        ? tls.getSslConnection().getEndPoint()
        : endPoint;
  }
}
