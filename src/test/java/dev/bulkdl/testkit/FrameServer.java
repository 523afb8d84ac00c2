package dev.bulkdl.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A server that writes the frames of HTTP/2 itself (RFC 9113), so that they can be wrong. To a
 * client that does not ask for HTTP/2 it sends the payload by HTTP/1.1.
 */
public final class FrameServer implements AutoCloseable {

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int PREFACE = 24;

  private final Payload payload;
  private final Script script;
  private final int maxStreams;
  private final SSLServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger http1 = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();

  /** What the server does with a request. */
  @FunctionalInterface
  public interface Script {
    /**
     * @param number the number of the request over HTTP/2, from 1
     */
    void answer(Reply reply, int number) throws IOException;
  }

  /**
   * @param maxStreams the limit of streams in its settings; 0 for none
   */
  public FrameServer(Payload payload, int maxStreams, Script script) {
    this.payload = payload;
    this.maxStreams = maxStreams;
    this.script = script;
    try {
      listener =
          (SSLServerSocket)
              Certificates.serverSockets(Certificate.GOOD)
                  .createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("frame server").start(this::accept);
  }

  public URI uri(String path) {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** Returns the number of requests over HTTP/1.1. */
  public int http1Requests() {
    return http1.get();
  }

  /** Returns the number of requests over HTTP/2. */
  public int http2Requests() {
    return streams.get();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.setHandshakeApplicationProtocolSelector(
          (same, offered) -> offered.contains("h2") ? "h2" : "");
      socket.startHandshake();
      if ("h2".equals(socket.getApplicationProtocol())) {
        frames(socket);
      } else {
        oldProtocol(socket);
      }
    } catch (IOException e) {
      // the client has closed
    }
  }

  private void oldProtocol(SSLSocket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StringBuilder head = new StringBuilder();
    while (true) {
      head.append((char) in.readUnsignedByte());
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        http1.incrementAndGet();
        OutputStream out = socket.getOutputStream();
        String answer = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: " + payload.size();
        out.write((answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        if (!head.toString().startsWith("HEAD")) {
          out.write(payload.bytes());
        }
        head.setLength(0);
      }
    }
  }

  private void frames(SSLSocket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readFully(new byte[PREFACE]);
    OutputStream out = socket.getOutputStream();
    byte[] limit = {0, 3, 0, 0, 0, (byte) maxStreams};
    write(out, SETTINGS, 0, 0, maxStreams == 0 ? new byte[0] : limit);
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      in.readFully(new byte[length]);
      if (type == SETTINGS && flags == 0) {
        write(out, SETTINGS, 1, 0, new byte[0]);
      } else if (type == HEADERS) {
        script.answer(new Reply(out, payload, stream), streams.incrementAndGet());
      }
    }
  }

  private static void write(OutputStream out, int type, int flags, int stream, byte[] content)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + content.length);
    frame.put((byte) (content.length >> 16)).putShort((short) content.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(content);
    out.write(frame.array());
    out.flush();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer on one stream. */
  public record Reply(OutputStream out, Payload payload, int stream) {

    /** Sends the whole answer. */
    public void good() throws IOException {
      head(payload.size());
      data(0, (int) payload.size(), true);
    }

    /** Sends the headers of 200, with this length. */
    public void head(long length) throws IOException {
      ByteArrayOutputStream block = block(length);
      write(out, HEADERS, 4, stream, block.toByteArray());
    }

    private static ByteArrayOutputStream block(long length) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(0x88); // :status 200 (RFC 7541, A)
      literal(block, 13, Long.toString(length)); // content-length
      literal(block, 19, "\"a\""); // etag
      return block;
    }

    /** Writes a field with a name of the static table, whose index is 15 more than this. */
    private static void literal(ByteArrayOutputStream block, int index, String value) {
      block.write(0x0f);
      block.write(index);
      block.write(value.length());
      block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends content from {@code from} (inclusive) to {@code to} (exclusive). */
    public void data(int from, int to, boolean end) throws IOException {
      write(out, DATA, end ? 1 : 0, stream, payload.bytes(from, to));
    }

    /** Sends this number of bytes of other content. */
    public void surplus(int count, boolean end) throws IOException {
      write(out, DATA, end ? 1 : 0, stream, new byte[count]);
    }

    public void reset(int code) throws IOException {
      write(out, RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    /** Announces that no stream behind {@code last} is answered. */
    public void goAway(int last) throws IOException {
      write(out, GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(0).array());
    }

    /** Closes the connection. */
    public void close() throws IOException {
      out.close();
    }

    /** Sends headers that go on in this number of frames, and never end. */
    public void continued(int frames) throws IOException {
      write(out, HEADERS, 0, stream, block(payload.size()).toByteArray());
      byte[] field = new byte[16_000];
      for (int i = 0; i < frames; i++) {
        write(out, CONTINUATION, 0, stream, field);
      }
    }

    /** Sends a small block of headers that stands for {@code count} large fields. */
    public void bomb(int count) throws IOException {
      ByteArrayOutputStream block = block(payload.size());
      int length = 4_000;
      block.write(0x40); // a field that enters the dynamic table
      block.write(1);
      block.write('x');
      block.write(0x7f); // a length in several bytes (RFC 7541, 5.1)
      int rest = length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest % 128 + 128);
      }
      block.write(rest);
      block.writeBytes(
          new String(new char[length]).replace('\0', 'x').getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < count; i++) {
        block.write(0xbe); // the newest field of the dynamic table
      }
      write(out, HEADERS, 4, stream, block.toByteArray());
    }
  }
}
