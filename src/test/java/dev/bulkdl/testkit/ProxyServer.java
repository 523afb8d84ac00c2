package dev.bulkdl.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy for http and tunnels. It records the head of every request and connects all of
 * them to one server, whatever their host. Tests can therefore use host names that do not exist.
 */
public final class ProxyServer implements AutoCloseable {
  private final ServerSocket listener;
  private final int server;
  private final Optional<String> authorization;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * @param server the port on the loopback to which all requests go
   * @param authorization the expected value of Proxy-Authorization; any other request gets 407
   */
  public ProxyServer(int server, Optional<String> authorization) {
    this.server = server;
    this.authorization = authorization;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Returns request lines and header fields as they came over the wire. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      String head = head(client.getInputStream());
      heads.add(head);
      if (authorization.isPresent()
          && !head.contains("Proxy-Authorization: " + authorization.get())) {
        write(client, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      if (head.startsWith("CONNECT ")) {
        write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        write(upstream, forwarded(head));
      }
      Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
      copy(client, upstream);
      back.join();
    } catch (IOException e) {
      // One of the two sides closed its connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the request in origin form. Each connection carries one request only. */
  private static String forwarded(String head) {
    String[] words = head.split(" ", 3);
    URI target = URI.create(words[1]);
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return (words[0] + " " + target.getRawPath() + query + " " + words[2])
        .replaceFirst("\r\n", "\r\nConnection: close\r\n")
        .replaceFirst("(?i)Proxy-Authorization: .*\r\n", "");
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client went away");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      closing(from);
      closing(to);
    }
  }

  @Override
  public void close() {
    closing(listener);
  }

  private static void closing(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
