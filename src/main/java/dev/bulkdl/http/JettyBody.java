package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.FailureMapping.Phase;
import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.Timeouts;
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
 * A response's content. The calling thread itself reads it from Jetty's non-blocking source, except
 * for what arrived with the headers: this thread reads the socket and decrypts TLS into the buffer
 * that it then lends.
 *
 * <p>Only this thread aborts the exchange, because Jetty does not protect a source's buffer against
 * an abort by another thread. Not thread-safe: one thread reads.
 */
final class JettyBody implements BodyChannel, TimeoutWatch.Waiting {

  private static final ByteBuffer END = ByteBuffer.allocate(0);
  private static final long LONG_WAIT_NANOS = 250_000_000;

  /** How much of unwanted content is read at most, so that its connection stays usable. */
  private static final int DISCARD_BYTES = 64 << 10;

  private static final Duration DISCARD_LIMIT = Duration.ofSeconds(1);

  private final Request request;
  private final ArrivingContent content;
  private final Cancellation cancellation;
  private final TimeoutWatch timeoutWatch;
  private final BooleanSupplier cutOff;
  private Cancellation.Registration registration = () -> {};
  private final long idleNanos;
  private final SpeedFloor floor;
  private final Gathering gathering;
  private final Runnable met = Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::met);

  private Content.@Nullable Chunk chunk;
  private @Nullable BodyException failure;
  private LongConsumer delivered = bytes -> {};
  private Runnable givenUp = () -> {};
  private Optional<ConnectionInfo> connection = Optional.empty();
  private Meanwhile meanwhile = waited -> {};
  private long received;
  private long waited;
  private boolean ended;
  private boolean closed;

  /** True while Jetty's thread can read the source; nobody else must read it then. */
  private volatile boolean demanded;

  /** When Jetty last met the demand; its thread writes this before it clears {@code demanded}. */
  private long metAt;

  private volatile @Nullable Thread reader;

  /** When the reader wants to check its limits, if it still waits then. */
  private volatile long wakeAt;

  /**
   * @param length the length of the content in bytes; negative if unknown
   * @param cutOff whether content that has ended can be incomplete
   */
  JettyBody(
      Request request,
      ArrivingContent content,
      Cancellation cancellation,
      Timeouts timeouts,
      TimeoutWatch timeoutWatch,
      long length,
      BooleanSupplier cutOff) {
    this.request = request;
    this.content = content;
    this.cancellation = cancellation;
    this.timeoutWatch = timeoutWatch;
    this.cutOff = cutOff;
    this.idleNanos = timeouts.idle().toNanos();
    this.floor = new SpeedFloor(timeouts.minSpeed(), timeouts.minSpeedWindow());
    this.gathering = new Gathering(length);
  }

  /** Sets a callback that gets the number of bytes received when the body is closed. */
  void onClose(LongConsumer callback) {
    delivered = callback;
  }

  /** Sets a callback that runs when the content takes too long. */
  void onGiveUp(Runnable callback) {
    givenUp = callback;
  }

  /** Sets what {@link #connection} returns. */
  void over(ConnectionInfo used) {
    connection = Optional.of(used);
  }

  @Override
  public Optional<ConnectionInfo> connection() {
    return connection;
  }

  /**
   * Starts the body: from now on a stop wakes the reader, which then aborts the exchange itself.
   */
  void open() {
    timeoutWatch.watch(this);
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
        gathering.received(chunk.remaining());
        return chunk.getByteBuffer();
      }
    }
    giveBack();
    if (cutOff.getAsBoolean()) {
      throw fail(
          new Failure.Truncated(
              "TLS was cut, and without a length the end of the content is unknown"));
    }
    return END;
  }

  /** Returns the next chunk that is not a failure; waits for it. */
  private Content.Chunk next(long patienceNanos) throws IOException {
    while (true) {
      Content.Chunk next = content.read();
      if (next == null) {
        if (!gather()) {
          awaitContent(patienceNanos);
        }
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
    cancellation.check(); // a stop before this is seen here; a later one wakes the reader
    long start = System.nanoTime();
    demanded = true;
    content.demand(met);
    long checkedAt = start;
    long nextAction = LONG_WAIT_NANOS;
    while (demanded && !cancellation.isCancelled()) {
      long limit = Math.min(patienceNanos, nextAction);
      wakeAt = checkedAt + Math.clamp(limit - (checkedAt - start), 0, floor.nanosToCheck());
      LockSupport.park(this);
      long now = System.nanoTime();
      refuseSlow(now - checkedAt);
      checkedAt = now;
      if (demanded && now - start >= patienceNanos) {
        throw giveUp("no byte for " + Duration.ofNanos(patienceNanos).toMillis() + " ms");
      }
      if (demanded && now - start >= nextAction) {
        nextAction *= 2;
        meanwhile.act(now - start);
      }
    }
    cancellation.check(); // after a stop the demand stays open
    waited += metAt - start; // up to the arrival, not until this thread runs again
  }

  /**
   * Lets more content arrive before the next read.
   *
   * @return false if the reader should wait for the next piece instead
   */
  private boolean gather() throws BodyException {
    long start = System.nanoTime();
    long nanos = gathering.nanos(start);
    if (nanos == 0) {
      return false;
    }
    reader = Thread.currentThread();
    timeoutWatch.ticks().await(nanos, cancellation::isCancelled);
    cancellation.check();
    long took = System.nanoTime() - start;
    waited += took;
    refuseSlow(took);
    return true;
  }

  private void refuseSlow(long waitedNanos) throws BodyException {
    if (floor.waitedFor(waitedNanos) && !cancellation.isCancelled()) {
      throw giveUp("slower than the minimum speed of the settings");
    }
  }

  private void met() {
    metAt = System.nanoTime();
    demanded = false;
    LockSupport.unpark(reader);
  }

  /** Wakes the reader when it is time. Waking a reader that does not wait does no harm. */
  @Override
  public void checkLimit(long now) {
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
    givenUp.run();
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

  @Override
  public void discard() {
    long end = System.nanoTime() + DISCARD_LIMIT.toNanos();
    try (this) {
      for (long left = DISCARD_BYTES, time = DISCARD_LIMIT.toNanos(); left > 0 && time > 0; ) {
        ByteBuffer lent = lend(time);
        if (!lent.hasRemaining()) {
          return;
        }
        left -= lent.remaining();
        time = end - System.nanoTime();
        lent.position(lent.limit());
      }
    } catch (IOException | CancellationException e) {
      // Closing has aborted the exchange, so nothing is left to do.
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /**
   * Closes the body. If the whole content has arrived, the exchange ends by itself: its request can
   * still be in progress, and an abort would close the connection.
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
    timeoutWatch.forget(this);
    delivered.accept(received);
  }

  /**
   * Ends the exchange. Jetty ends it only when its last chunk was read. That can be an empty chunk,
   * which is available without waiting once the content is complete.
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
