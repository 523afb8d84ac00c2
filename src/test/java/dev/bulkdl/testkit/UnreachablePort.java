package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A reserved port to which no connection is possible. */
public final class UnreachablePort implements AutoCloseable {
  private final int port;
  private final List<AutoCloseable> held;

  private UnreachablePort(int port, List<AutoCloseable> held) {
    this.port = port;
    this.held = held;
  }

  /** Refuses connections at once. */
  public static UnreachablePort refusing() {
    try {
      Socket bound = new Socket();
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new UnreachablePort(bound.getLocalPort(), List.of(bound));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Never answers connection requests: the queue of a listener that never accepts is full (on
   * Linux).
   */
  public static UnreachablePort deaf() {
    try {
      List<AutoCloseable> held = new ArrayList<>();
      ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(listener);
      for (int i = 0; i < 4; i++) {
        SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(listener.getLocalSocketAddress());
        held.add(filler);
      }
      return new UnreachablePort(listener.getLocalPort(), held);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    for (AutoCloseable one : held) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
