package dev.bulkdl.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** Sends one response, with its faults of delivery, on the calling virtual thread. */
final class Delivery {
  private static final int CHUNK = 64 << 10;

  private final SeenRequest seen;
  private final Faults faults;
  private final Traffic traffic;
  private final Peer peer;
  private final CompletableFuture<Void> serverClosed;

  Delivery(
      SeenRequest seen,
      Faults faults,
      Traffic traffic,
      Peer peer,
      CompletableFuture<Void> serverClosed) {
    this.seen = seen;
    this.faults = faults;
    this.traffic = traffic;
    this.peer = peer;
    this.serverClosed = serverClosed;
  }

  /**
   * Sends the response. The request stops counting as in flight just before its last bytes are
   * written. A client may send its next request as soon as it has these bytes, so counting later
   * would show one request too many.
   *
   * @throws IOException when the client closed the connection or the server was shut down
   */
  void send(Answer answer, Response response) throws IOException {
    for (Fault.HoldBefore hold : faults.each(Fault.HoldBefore.class).toList()) {
      peer.await(hold.gate().passage(), serverClosed);
    }
    for (Fault.Raw raw : faults.each(Fault.Raw.class).toList()) {
      new RawAnswer(answer, peer, serverClosed).send(raw.template());
    }
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    answer.length().ifPresent(length -> response.getHeaders().put("Content-Length", length));
    long size = seen.isHead() ? 0 : answer.range().length();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, size));
    long sent = 0;
    meet(sent, response);
    while (sent < size) {
      int count = (int) Math.min(CHUNK, nextStop(sent, size) - sent);
      pace(count); // before the bytes: a client that has all of them sends its next request
      answer.body().fill(answer.range().from() + sent, buffer.clear().limit(count));
      sent += count;
      if (sent == size) {
        traffic.left(seen);
      }
      Content.Sink.write(response, false, buffer.flip());
      traffic.served(seen.path(), count);
      meet(sent, response);
    }
    traffic.left(seen);
  }

  /** Returns the offset of the next fault, or the end. */
  private long nextStop(long sent, long size) {
    return faults
        .each(Fault.OfDelivery.class)
        .mapToLong(
            fault ->
                switch (fault) {
                  case Fault.Stall stall -> stall.bytes();
                  case Fault.CutAfter cut -> cut.bytes();
                  case Fault.ResetAfter reset -> reset.bytes();
                  case Fault.Throttle throttle ->
                      sent + Math.max(1, throttle.bytesPerSecond() / 20);
                  case Fault.HoldBefore ignored -> size;
                })
        .filter(stop -> stop > sent)
        .reduce(size, Math::min);
  }

  private void meet(long sent, Response response) throws IOException {
    for (Fault.OfDelivery fault : faults.each(Fault.OfDelivery.class).toList()) {
      if (fault instanceof Fault.Stall stall && stall.bytes() == sent) {
        flush(response);
        peer.await(stall.gate().passage(), serverClosed);
      } else if (fault instanceof Fault.CutAfter cut && cut.bytes() == sent) {
        flush(response);
        peer.cut();
        throw new EOFException("cut after " + sent);
      } else if (fault instanceof Fault.ResetAfter reset && reset.bytes() == sent) {
        flush(response);
        peer.reset();
        throw new EOFException("reset after " + sent);
      }
    }
  }

  /** Sends the headers if they were not sent before. */
  private static void flush(Response response) throws IOException {
    Content.Sink.write(response, false, ByteBuffer.allocate(0));
  }

  private void pace(int count) throws IOException {
    for (Fault.Throttle throttle : faults.each(Fault.Throttle.class).toList()) {
      CompletableFuture<Void> due = new CompletableFuture<>();
      long nanos = count * 1_000_000_000L / throttle.bytesPerSecond();
      CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
          .execute(() -> due.complete(null));
      peer.await(due, serverClosed);
    }
  }
}
