package dev.bulkdl.serve.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Server-sent events. Each has the position as its id, so that a browser resumes by itself. */
final class EventLine implements Outbox.Line {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

  private final Response response;
  private final Callback callback;

  EventLine(Response response, Callback callback) {
    this.response = response;
    this.callback = callback;
  }

  @Override
  public void write(List<byte[]> frames, Callback written) {
    ByteArrayOutputStream events = new ByteArrayOutputStream(1024);
    for (byte[] frame : frames) {
      events.writeBytes(("id: " + Positions.of(frame) + "\n").getBytes(StandardCharsets.UTF_8));
      events.writeBytes(DATA);
      events.writeBytes(frame);
      events.writeBytes(END);
    }
    response.write(false, ByteBuffer.wrap(events.toByteArray()), written);
  }

  @Override
  public void end(String why) {
    callback.failed(new IOException(why));
  }
}
