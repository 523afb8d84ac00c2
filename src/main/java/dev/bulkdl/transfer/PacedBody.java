package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.rate.ConnectionRate;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body that lends its content only as fast as the rate limits allow. What the network has
 * delivered waits here; the next bytes are not read meanwhile, so the wait counts neither as idle
 * nor as slow. Without a limit it only passes on. Not thread-safe: one thread reads.
 */
final class PacedBody implements BodyChannel {

  /** The limit binds when at least this part of the time is spent waiting for it. */
  private static final double BINDS = 0.1;

  /** The number of waits over which this is measured. */
  private static final int WINDOW = 8;

  private final BodyChannel body;
  private final ConnectionRate rate;
  private final Cancellation cancellation;
  private final Ticker ticker;
  private @Nullable ByteBuffer lent;
  private int end;
  private long windowStart;
  private long held;
  private int waits;
  private boolean binds;

  /**
   * @param cancellation ends a wait for the limit
   */
  PacedBody(BodyChannel body, ConnectionRate rate, Cancellation cancellation, Ticker ticker) {
    this.body = body;
    this.rate = rate;
    this.cancellation = cancellation;
    this.ticker = ticker;
  }

  /** Whether a rate limit holds this connection back. Then more connections bring nothing. */
  boolean isHeldBack() {
    return binds;
  }

  @Override
  public ByteBuffer lend() throws IOException {
    ByteBuffer allowed = lent;
    if (allowed != null && allowed.hasRemaining()) {
      return allowed;
    }
    showAll();
    ByteBuffer content = body.lend();
    if (!rate.isActive()) {
      binds = false;
    } else if (content.hasRemaining()) {
      int count = await(content.remaining());
      lent = content;
      end = content.limit();
      content.limit(content.position() + count);
    }
    return content;
  }

  private int await(int available) {
    long start = ticker.nanos();
    int[] count = new int[1];
    cancellation.interruptibly(() -> count[0] = rate.acquire(available));
    measure(start, ticker.nanos());
    return count[0];
  }

  private void measure(long start, long now) {
    if (waits == 0) {
      windowStart = start;
      held = 0;
    }
    held += now - start;
    waits++;
    boolean bindsNow = held > BINDS * (now - windowStart);
    if (waits >= WINDOW) {
      binds = bindsNow;
      waits = 0;
    } else if (now - start > BINDS * (now - windowStart)) {
      binds = bindsNow; // a long wait says enough
    }
  }

  /** The buffer belongs to the body, which looks at what is left of it. */
  private void showAll() {
    ByteBuffer content = lent;
    if (content != null) {
      content.limit(end);
      lent = null;
    }
  }

  @Override
  public long waitedNanos() {
    return body.waitedNanos();
  }

  @Override
  public Optional<ConnectionInfo> connection() {
    return body.connection();
  }

  @Override
  public void onLongWait(Meanwhile action) {
    body.onLongWait(action);
  }

  @Override
  public boolean isOpen() {
    return body.isOpen();
  }

  @Override
  public void close() {
    showAll();
    body.close();
  }
}
