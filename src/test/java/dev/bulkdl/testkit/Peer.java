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

/** The client's end of a connection during one request. */
final class Peer {
  private final AbstractEndPoint endPoint;

  Peer(EndPoint endPoint) {
    this.endPoint = (AbstractEndPoint) endPoint;
  }

  /** Writes bytes directly to the socket, below HTTP, and returns when they are written. */
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

  /** Sends FIN; in TLS without the close_notify before it. */
  void cut() {
    socket().close();
  }

  /** Sends RST. */
  void reset() throws IOException {
    SelectableChannelEndPoint socket = (SelectableChannelEndPoint) socket();
    ((SocketChannel) socket.getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
    socket.close();
  }

  /**
   * Waits for one of the two and watches the connection meanwhile. The clients of these tests do
   * not pipeline requests, so a readable connection means that the client closed it.
   *
   * @throws IOException when the client closed the connection or the server closes
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
