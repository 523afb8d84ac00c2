package dev.bulkdl.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a {@link Fault.Raw} on the calling thread. */
final class RawAnswer {
  private static final Pattern TOKEN = Pattern.compile("\\{(\\w+)(?: ([^}]*))?}");
  private static final int CHUNK = 64 << 10;

  private final Answer right;
  private final Peer peer;
  private final CompletableFuture<Void> serverClosed;

  RawAnswer(Answer right, Peer peer, CompletableFuture<Void> serverClosed) {
    this.right = right;
    this.peer = peer;
    this.serverClosed = serverClosed;
  }

  /**
   * @throws IOException always, because no HTTP response can follow
   */
  void send(String template) throws IOException {
    Matcher token = TOKEN.matcher(template);
    int at = 0;
    while (token.find()) {
      say(template.substring(at, token.start()));
      put(token.group(1), token.group(2));
      at = token.end();
    }
    say(template.substring(at));
    peer.cut();
    throw new EOFException("said all");
  }

  private void put(String token, String argument) throws IOException {
    switch (token) {
      case "line" -> say("HTTP/1.1 " + right.status() + " as it is\r\n");
      case "fields" -> say(fields());
      case "length" -> say("Content-Length: " + right.range().length() + "\r\n");
      case "size" -> say(Long.toHexString(right.range().length()));
      case "body" -> send(right.range().length());
      case "half" -> send(right.range().length() / 2);
      case "reset" -> reset();
      case "hold" -> peer.await(new CompletableFuture<>(), serverClosed);
      case "drip" -> drip();
      case "endless" -> endless(argument);
      default -> throw new IllegalArgumentException("{" + token + "}");
    }
  }

  private String fields() {
    StringBuilder fields = new StringBuilder();
    right.headers().forEach((name, value) -> fields.append(name + ": " + value + "\r\n"));
    return fields.toString();
  }

  private void say(String text) throws IOException {
    if (!text.isEmpty()) {
      peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private void send(long count) throws IOException {
    for (long sent = 0; sent < count; ) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, count - sent));
      right.body().fill(right.range().from() + sent, buffer);
      sent += buffer.flip().remaining();
      peer.write(buffer);
    }
  }

  private void reset() throws IOException {
    peer.reset();
    throw new EOFException("reset");
  }

  private void endless(String line) throws IOException {
    String many = (line + "\r\n").repeat(100);
    while (true) {
      say(many);
    }
  }

  private void drip() throws IOException {
    while (true) {
      say("x");
      CompletableFuture<Void> due =
          new CompletableFuture<Void>().completeOnTimeout(null, 10, TimeUnit.MILLISECONDS);
      peer.await(due, serverClosed);
    }
  }
}
