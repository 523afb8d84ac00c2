package dev.bulkdl.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Runs the steps of one connection on one thread. */
final class RawConnection implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final Socket socket;
  private final Traffic traffic;
  private final CompletableFuture<Void> closed;
  private final InputStream in;
  private final OutputStream out;
  private Optional<SeenRequest> current = Optional.empty();

  RawConnection(Socket socket, Traffic traffic, CompletableFuture<Void> closed) throws IOException {
    this.socket = socket;
    this.traffic = traffic;
    this.closed = closed;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void run(Step step) throws IOException {
    switch (step) {
      case Step.Read ignored -> read();
      case Step.Say say -> say(say.text());
      case Step.Send send -> send(send.body(), send.from(), send.to());
      case Step.Drip drip -> drip(drip);
      case Step.Endless endless -> endless(endless.text());
      case Step.Await await -> pass(await.gate());
      case Step.Hold ignored -> in.transferTo(OutputStream.nullOutputStream());
      case Step.Reset ignored -> reset();
      case Step.Close ignored -> socket.close();
      case Step.Serve serve -> serve(Resource.of(serve.payload()));
      case Step.Reply reply -> reply(reply);
    }
  }

  @Override
  public void close() {
    current.ifPresent(traffic::left);
  }

  private SeenRequest read() throws IOException {
    current.ifPresent(traffic::left);
    String[] requestLine = line().split(" ", 3);
    String[] target = requestLine[1].split("\\?", 2);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] field = line.split(":", 2);
      headers.merge(field[0], List.of(field[1].strip()), SeenRequest::joined);
    }
    SeenRequest request =
        traffic.arrived(
            order ->
                new SeenRequest(
                    order,
                    requestLine[0],
                    target[0],
                    target.length > 1 ? target[1] : "",
                    headers,
                    traffic.number(socket),
                    socket.getPort()));
    current = Optional.of(request);
    return request;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the client went");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private void serve(Resource resource) throws IOException {
    while (true) {
      SeenRequest request = read();
      Answer answer = Answer.to(request, Optional.of(resource), new Faults(List.of()));
      StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " as it is\r\n");
      answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      answer.length().ifPresent(length -> head.append("Content-Length: " + length + "\r\n"));
      say(head + "\r\n");
      if (!request.isHead()) {
        send(answer.body(), answer.range().from(), answer.range().to());
      }
    }
  }

  private void reply(Step.Reply reply) throws IOException {
    while (true) {
      for (Step step : reply.steps().apply(read())) {
        run(step);
      }
    }
  }

  private void say(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void send(Body body, long from, long to) throws IOException {
    byte[] buffer = new byte[(int) Math.min(CHUNK, to - from)];
    for (long at = from; at < to; ) {
      int count = (int) Math.min(buffer.length, to - at);
      body.fill(at, ByteBuffer.wrap(buffer, 0, count));
      out.write(buffer, 0, count);
      at += count;
      current.ifPresent(request -> traffic.served(request.path(), count));
    }
  }

  private void drip(Step.Drip drip) throws IOException {
    for (char c : drip.text().toCharArray()) {
      pass(drip.gate());
      out.write(c);
    }
  }

  private void endless(String text) throws IOException {
    while (true) {
      say(text);
    }
  }

  private void pass(Gate gate) throws IOException {
    CompletableFuture.anyOf(gate.passage(), closed).join();
    if (closed.isDone()) {
      throw new EOFException("the server closes");
    }
  }

  private void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
