package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.FailureMapping.Phase;
import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A response's content, read by the calling thread itself from the non-blocking source that Jetty
 * offers, but for what came with the headers: the socket is read and TLS decrypted on the caller's
 * thread, into the buffer that is then lent. Only that thread ever aborts the exchange, since Jetty
 * does not guard a source's buffer against another one that does.
 */
final class JettyBody implements BodyChannel, TimeoutWatch.Waiting {

  private static final ByteBuffer END = ByteBuffer.allocate(0);
  private static final long LONG_WAIT_NANOS = 250_000_000;

  private final Request request;
  private final ArrivingContent content;
  private final Cancellation cancellation;
  private final TimeoutWatch patience;
  private final BooleanSupplier cutOff;
  private Cancellation.Registration registration = () -> {};
  private final long idleNanos;
  private final SpeedFloor floor;
  private final Runnable met = Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::met);

  private Content.@Nullable Chunk chunk;
  private @Nullable BodyException failure;
  private LongConsumer delivered = bytes -> {};
  private Optional<ConnectionInfo> connection = Optional.empty();
  private Meanwhile meanwhile = () -> {};
  private long received;
  private long waited;
  private boolean ended;
  private boolean closed;

  /** Whether Jetty's thread may be reading the source: nobody else may then. */
  private volatile boolean demanded;

  /** When the demand was last met; Jetty's thread writes it before it clears {@code demanded}. */
  private long metAt;

  private volatile @Nullable Thread reader;

  /** When the reader, if it still waits then, wants to look at the time. */
  private volatile long wakeAt;

  /**
   * @param cutOff whether content that seems to have ended may have been cut
   */
  JettyBody(
      Request request,
      ArrivingContent content,
      Cancellation cancellation,
      Timeouts timeouts,
      TimeoutWatch patience,
      BooleanSupplier cutOff) {
    this.request = request;
    this.content = content;
    this.cancellation = cancellation;
    this.patience = patience;
    this.cutOff = cutOff;
    this.idleNanos = timeouts.idle().toNanos();
    this.floor = new SpeedFloor(timeouts.minSpeed(), timeouts.minSpeedWindow());
  }

  /** Closing it tells how many bytes came. */
  void onClose(LongConsumer told) {
    delivered = told;
  }

  /** Sets what {@link #connection} returns. */
  void over(ConnectionInfo used) {
    connection = Optional.of(used);
  }

  @Override
  public Optional<ConnectionInfo> connection() {
    return connection;
  }

  /** From now on a stop wakes the reader, which then cuts the exchange off itself. */
  void open() {
    patience.watch(this);
    registration = cancellation.onCancel(() -> LockSupport.unpark(reader));
  }

  @Override
  public void onLongWait(Meanwhile action) {
    meanwhile = action;
  }

  @Override
  public ByteBuffer lend() throws IOException {
    return lend(idleNanos);
  }

  private ByteBuffer lend(long patienceNanos) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (chunk != null && chunk.hasRemaining()) {
      return chunk.getByteBuffer();
    }
    while (!ended) {
      giveBack();
      if (failure != null) {
        throw failure;
      }
      chunk = next(patienceNanos);
      ended = chunk.isLast();
      if (chunk.hasRemaining()) {
        received += chunk.remaining();
        floor.received(chunk.remaining());
        return chunk.getByteBuffer();
      }
    }
    giveBack();
    if (cutOff.getAsBoolean()) {
      throw fail(new Failure.Truncated("TLS was cut, and no length tells where the content ends"));
    }
    return END;
  }

  /** Waits for the next chunk, which is not a failure. */
  private Content.Chunk next(long patienceNanos) throws IOException {
    while (true) {
      Content.Chunk next = content.read();
      if (next == null) {
        awaitContent(patienceNanos);
      } else if (Content.Chunk.isFailure(next)) {
        cancellation.check();
        throw fail(FailureMapping.of(next.getFailure(), Phase.CONTENT, request.getHost()));
      } else {
        return next;
      }
    }
  }

  private void awaitContent(long patienceNanos) throws IOException {
    reader = Thread.currentThread();
    cancellation.check(); // a stop before this is seen here, one after it wakes the reader
    long start = System.nanoTime();
    demanded = true;
    content.demand(met);
    long told = start;
    long actAfter = LONG_WAIT_NANOS;
    while (demanded && !cancellation.isCancelled()) {
      long limit = Math.min(patienceNanos, actAfter);
      wakeAt = told + Math.clamp(limit - (told - start), 0, floor.patience());
      LockSupport.park(this);
      long now = System.nanoTime();
      boolean slow = floor.waitedFor(now - told);
      told = now;
      if (slow && !cancellation.isCancelled()) {
        throw giveUp("slower than the least speed that the settings allow");
      }
      if (demanded && now - start >= patienceNanos) {
        throw giveUp("no byte for " + Duration.ofNanos(patienceNanos).toMillis() + " ms");
      }
      if (demanded && now - start >= actAfter) {
        actAfter *= 2;
        meanwhile.act();
      }
    }
    cancellation.check(); // a stop leaves the demand open
    waited += metAt - start; // not until this thread runs again: that is the machine's part
  }

  private void met() {
    metAt = System.nanoTime();
    demanded = false;
    LockSupport.unpark(reader);
  }

  /** A reader that does not wait is not disturbed by being woken. */
  @Override
  public void look(long now) {
    if (now - wakeAt >= 0) {
      LockSupport.unpark(reader);
    }
  }

  @Override
  public long waitedNanos() {
    return waited;
  }

  private BodyException giveUp(String text) {
    JettyExchange.abort(request, new TimeoutException(text));
    return fail(new Failure.Timeout(text));
  }

  private BodyException fail(Failure why) {
    failure = new BodyException(why);
    return failure;
  }

  private void giveBack() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }

  /** Reads and forgets content that is of no use, so that the connection can serve again. */
  void discard(int limitBytes, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (this) {
      for (long left = limitBytes, time = limit.toNanos(); left > 0 && time > 0; ) {
        ByteBuffer lent = lend(time);
        if (!lent.hasRemaining()) {
          return;
        }
        left -= lent.remaining();
        time = end - System.nanoTime();
        lent.position(lent.limit());
      }
    } catch (IOException | CancellationException e) {
      // Closing has aborted the exchange: there is nothing left to keep.
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /**
   * An exchange whose content has all come is left to end by itself: its request may not have ended
   * yet, and would be cut off with its connection.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (content.isWhole()) {
      giveBack();
      content.release();
    } else {
      endExchange();
    }
    registration.close();
    patience.forget(this);
    delivered.accept(received);
  }

  /**
   * Jetty ends an exchange only when its last chunk has been read, even an empty one, which is
   * there without a wait once the content is complete.
   */
  private void endExchange() {
    boolean unread = chunk != null && chunk.hasRemaining();
    giveBack();
    if (!ended && failure == null && !unread && !demanded) {
      Content.Chunk last = content.read();
      ended =
          last != null && last.isLast() && !last.hasRemaining() && !Content.Chunk.isFailure(last);
      if (last != null) {
        last.release();
      }
    }
    if (!ended || unread) {
      JettyExchange.abort(request, new CancellationException("the rest is not wanted"));
    }
  }
}
