package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.model.Failure;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Copies the content of one version from one body after another to a sink, each byte once. Bytes
 * that arrive again are compared with the delivered ones by their CRC32C. Not thread-safe.
 */
final class StreamCopy {

  private final RequestContext context;
  private final ContentState state;
  private final ContentSink sink;
  private final ContentBound bound;
  private final Arrivals arrivals;
  private final Turns turns = new Turns();
  private final CRC32C taken = new CRC32C();
  private long position;

  StreamCopy(RequestContext context, ContentState state, ContentSink sink) {
    this.context = context;
    this.state = state;
    this.sink = sink;
    this.bound = ContentBound.of(state.download(), context.limits());
    this.arrivals = new Arrivals(context.ticker());
  }

  /** Returns the number of bytes that the sink has. */
  long position() {
    return position;
  }

  /** Returns the times of arrival. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** Checks an announced length before a byte is copied. */
  Optional<Failure> expect(long total) {
    return bound.refuse(total).or(() -> sink.expect(total));
  }

  /**
   * Copies what a body holds.
   *
   * @param repeats true if the body begins with the bytes that the sink has
   * @param end the offset behind the body's last byte; {@link SegmentMap#OPEN} if unknown
   * @return the end of the attempt, if the content decides it
   * @throws BodyException if the network fails, or the body ends too early
   * @throws SinkException if the sink accepts no more bytes
   * @throws java.util.concurrent.CancellationException if the work over the slot is to stop
   */
  Optional<AttemptEnd> copy(PacedBody body, boolean repeats, long end, ConnectionSlot slot)
      throws IOException {
    boolean open = end == SegmentMap.OPEN;
    Optional<AttemptEnd> other = repeats ? skip(body, open, slot) : Optional.empty();
    if (other.isPresent()) {
      return other;
    }
    long most = open ? Math.max(bound.maxBytes(), position) : end;
    while (position < end) {
      ByteBuffer lent = lend(body, slot);
      if (!lent.hasRemaining()) {
        return ended(open, new AttemptEnd.Complete(position));
      }
      int allowed = (int) Math.min(lent.remaining(), most - position);
      if (allowed == 0) {
        return Optional.of(new AttemptEnd.GivenUp(bound.surplus()));
      }
      write(lent, allowed, body.isHeldBack(), slot);
    }
    return Optional.empty();
  }

  private ByteBuffer lend(BodyChannel body, ConnectionSlot slot) throws IOException {
    context.gate().pass(slot.cancellation());
    ByteBuffer lent = body.lend();
    slot.cancellation().check();
    if (lent.hasRemaining()) {
      arrivals.arrived();
      turns.received(lent.remaining());
    }
    return lent;
  }

  private void write(ByteBuffer lent, int allowed, boolean heldBack, ConnectionSlot slot)
      throws SinkException {
    int count = sink.write(lent, allowed, slot.cancellation());
    state.digest().offer(position, lent, count);
    taken.update(lent.slice(lent.position(), count));
    lent.position(lent.position() + count);
    position += count;
    slot.received(count, !heldBack);
  }

  /** Reads the delivered bytes again. Returns empty if they are the same. */
  private Optional<AttemptEnd> skip(BodyChannel body, boolean open, ConnectionSlot slot)
      throws IOException {
    CRC32C skipped = new CRC32C();
    long at = 0;
    while (at < position) {
      ByteBuffer lent = lend(body, slot);
      if (!lent.hasRemaining()) {
        return ended(open, changed("it has " + at + " bytes"));
      }
      int count = (int) Math.min(lent.remaining(), position - at);
      skipped.update(lent.slice(lent.position(), count));
      lent.position(lent.position() + count);
      at += count;
      state.countDiscarded(count);
    }
    return skipped.getValue() == taken.getValue()
        ? Optional.empty()
        : Optional.of(changed("its first " + position + " bytes are others"));
  }

  private static AttemptEnd changed(String how) {
    return new AttemptEnd.Anew(Why.CHANGED, "the remote file is another one now: " + how);
  }

  /** Handles the proper end of a body. If its length was unknown, the file ends here. */
  private static Optional<AttemptEnd> ended(boolean open, AttemptEnd end) throws BodyException {
    if (!open) {
      throw new BodyException(new Failure.Truncated("the content is shorter than its range"));
    }
    return Optional.of(end);
  }
}
