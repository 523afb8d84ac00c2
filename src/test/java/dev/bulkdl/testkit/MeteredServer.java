package dev.bulkdl.testkit;

import dev.bulkdl.model.Download;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server that notes when it wrote how many bytes to its sockets, and when each request came, by
 * its own clock. Its send buffers are small, so that what it wrote is nearly what was received. The
 * path {@code /BYTES/name} has that many zeros as content, with ranges and a strong validator.
 */
public final class MeteredServer implements AutoCloseable {

  /** What a connection can hold between server and client: the buffers of both sockets. */
  public static final int IN_FLIGHT = 160 << 10;

  private static final int SEND_BUFFER = 16 << 10;
  private static final int WRITE = 4 << 10;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** Bytes that were written at a time, in nanoseconds. */
  public record Written(long at, long bytes) {}

  private final ServerSocket listening;
  private final List<Written> written = new ArrayList<>();
  private final List<Long> requests = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final String headers;

  public MeteredServer() {
    this("");
  }

  /**
   * @param headers more header lines of each answer, each with its line end
   */
  public MeteredServer(String headers) {
    this.headers = headers;
    try {
      listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
  }

  /** Files of this many bytes: {@code f0}, {@code f1} and so on. The caller may add others. */
  public List<Download> files(int count, int bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> Download.of("f" + i, uri("/" + bytes + "/f" + i)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Returns all that was written so far, in order of time. */
  public List<Written> written() {
    synchronized (written) {
      return List.copyOf(written);
    }
  }

  /** Returns the times of all requests so far, in nanoseconds. */
  public List<Long> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Returns the largest number of bytes that were written in any window of so many nanoseconds. */
  public long mostIn(long window) {
    List<Written> all = written();
    long most = 0;
    long sum = 0;
    int first = 0;
    for (Written each : all) {
      sum += each.bytes;
      while (each.at - all.get(first).at > window) {
        sum -= all.get(first).bytes;
        first++;
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSendBufferSize(SEND_BUFFER);
      socket.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      while (line != null) {
        answer(line, in, socket.getOutputStream());
        line = in.readLine();
      }
    } catch (IOException e) {
      // the client has closed the connection
    } finally {
      open.remove(socket);
    }
  }

  private void answer(String first, BufferedReader in, OutputStream out) throws IOException {
    synchronized (requests) {
      requests.add(System.nanoTime());
    }
    String path = first.split(" ")[1];
    long size = Long.parseLong(path.split("/")[1]);
    long from = 0;
    long end = size;
    boolean part = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      Matcher range = RANGE.matcher(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("range:") && range.find()) {
        part = true;
        from = Long.parseLong(range.group(1));
        end = range.group(2).isEmpty() ? size : Long.parseLong(range.group(2)) + 1;
      }
    }
    String head =
        "HTTP/1.1 "
            + (part
                ? "206 Partial\r\nContent-Range: bytes " + from + "-" + (end - 1) + "/" + size
                : "200 OK")
            + "\r\nContent-Length: "
            + (end - from)
            + "\r\nAccept-Ranges: bytes\r\nETag: \"1\"\r\n"
            + headers
            + "\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (!first.startsWith("HEAD")) {
      content(out, end - from);
    }
  }

  private void content(OutputStream out, long length) throws IOException {
    byte[] zeros = new byte[WRITE];
    long left = length;
    while (left > 0) {
      int count = (int) Math.min(left, WRITE);
      out.write(zeros, 0, count);
      left -= count;
      synchronized (written) {
        written.add(new Written(System.nanoTime(), count));
      }
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
