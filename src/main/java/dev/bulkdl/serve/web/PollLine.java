package dev.bulkdl.serve.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answer of a long poll: all frames that are there when it is given, at most once. */
final class PollLine implements Outbox.Line {

  private final Response response;
  private final Callback callback;
  private final EventHub hub;
  private final AtomicBoolean answered = new AtomicBoolean();

  PollLine(Response response, Callback callback, EventHub hub) {
    this.response = response;
    this.callback = callback;
    this.hub = hub;
  }

  /** Answers with these frames, up to this position. */
  void answer(List<byte[]> frames, long seq) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    String body =
        "{\"epoch\":\"%s\",\"seq\":%d,\"next\":\"%s.%d\",\"frames\":[%s]}"
            .formatted(hub.epoch(), seq, hub.epoch(), seq, Frame.joined(frames));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  @Override
  public void write(List<byte[]> frames, Callback written) {
    answer(frames, hub.position());
    written.succeeded();
  }

  @Override
  public void end(String why) {
    answer(List.of(), hub.position());
  }
}
