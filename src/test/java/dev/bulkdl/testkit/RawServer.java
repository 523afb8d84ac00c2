package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * A server on plain sockets, for output that no HTTP server produces: {@code new
 * RawServer(Wire.garbage(), Wire.good(payload))}. The n-th connection runs the n-th wire. Further
 * connections run the last one.
 */
public final class RawServer implements AutoCloseable {
  private final String scheme;
  private final List<Wire> wires;
  private final ServerSocket listener;
  private final Traffic traffic = new Traffic();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  public RawServer(Wire... wires) {
    this("http", ServerSocketFactory.getDefault(), wires);
  }

  private RawServer(String scheme, ServerSocketFactory sockets, Wire... wires) {
    this.scheme = scheme;
    this.wires = List.of(wires);
    try {
      listener = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("raw server").start(this::accept);
  }

  /** Runs the wires over TLS, with {@link Certificate#GOOD}. */
  public static RawServer https(Wire... wires) {
    return new RawServer("https", Certificates.serverSockets(Certificate.GOOD), wires);
  }

  public URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Returns the recorded requests, and methods that wait for them. */
  public Traffic traffic() {
    return traffic;
  }

  public List<SeenRequest> requests() {
    return traffic.requests();
  }

  public void awaitRequests(int count) {
    traffic.awaitRequests(count);
  }

  @Override
  public void close() {
    closed.complete(null);
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      for (int i = 0; ; i++) {
        Socket socket = listener.accept();
        sockets.add(socket);
        traffic.opened(socket);
        if (closed.isDone()) {
          socket.close();
        }
        Wire wire = wires.get(Math.min(i, wires.size() - 1));
        Thread.ofVirtual().name("raw connection").start(() -> run(wire, socket));
      }
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  private void run(Wire wire, Socket socket) {
    try (socket;
        RawConnection connection = new RawConnection(socket, traffic, closed)) {
      for (Step step : wire.steps()) {
        connection.run(step);
      }
    } catch (IOException e) {
      // The client closed the connection, or the server was closed.
    } finally {
      sockets.remove(socket);
      traffic.closed(socket);
    }
  }
}
