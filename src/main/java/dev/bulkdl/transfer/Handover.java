package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Failure;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands content from the thread that fetches it to the thread that writes it. The caller's own
 * thread writes, so its locks and interrupts keep their meaning, and a target that blocks holds no
 * connection after a stop. The content is copied once, because the network's buffer is returned
 * when the fetching thread is stopped.
 *
 * <p>Thread-safe, for one thread on each side.
 */
public final class Handover implements ContentSink {

  private static final int BUFFER_BYTES = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int filled;
  private long handed;
  private long written;
  private boolean flushing;
  private boolean ended;
  private Optional<Failure> failure = Optional.empty();

  /** The next step of the writing thread. */
  private enum Next {
    WRITE,
    FLUSH,
    END
  }

  @Override
  public Optional<Failure> expect(long total) {
    return Optional.empty();
  }

  @Override
  public int write(ByteBuffer content, int most, Cancellation cancellation) throws SinkException {
    awaitIdle(cancellation);
    int count = Math.min(most, buffer.length);
    lock.lock();
    try {
      content.get(content.position(), buffer, 0, count);
      filled = count;
      handed += count;
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle(boolean complete, Cancellation cancellation) throws SinkException {
    if (complete) {
      lock.lock();
      try {
        flushing = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    awaitIdle(cancellation);
  }

  private void awaitIdle(Cancellation cancellation) throws SinkException {
    cancellation.interruptibly(
        () -> {
          lock.lockInterruptibly();
          try {
            while (failure.isEmpty() && (filled > 0 || flushing)) {
              changed.await();
            }
          } finally {
            lock.unlock();
          }
        });
    Optional<Failure> why = failure();
    if (why.isPresent()) {
      throw new SinkException(why.get());
    }
  }

  @Override
  public long delivered() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRewindable() {
    return false;
  }

  /** Returns true until the first byte is handed over. */
  @Override
  public boolean canRestart() {
    lock.lock();
    try {
      return handed == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Does nothing, because nothing was handed over. */
  @Override
  public void restart() {}

  @Override
  public Optional<Failure> failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the delivery. A buffer that waits is not written. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes each buffer that is handed over, until {@link #end}. The caller's thread calls it.
   *
   * @throws InterruptedException if this thread was interrupted, also inside the target
   * @throws IOException the exception of the target; its RuntimeException and Error are thrown too
   */
  public void deliver(ContentTarget target) throws IOException, InterruptedException {
    for (Next next = next(); next != Next.END; next = next()) {
      try {
        if (next == Next.WRITE) {
          target.write(buffer, filled);
        } else {
          target.flush();
        }
      } catch (IOException e) {
        if (isInterrupt(e)) {
          throw interrupted(e);
        }
        failed(e);
        throw e;
      } catch (RuntimeException | Error e) {
        failed(e);
        throw e;
      }
      done(next);
    }
  }

  private Next next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && filled == 0 && !flushing) {
        changed.await();
      }
      if (ended) {
        return Next.END;
      }
      return filled > 0 ? Next.WRITE : Next.FLUSH;
    } finally {
      lock.unlock();
    }
  }

  private void done(Next what) {
    lock.lock();
    try {
      if (what == Next.WRITE) {
        written += filled;
        filled = 0;
      } else {
        flushing = false;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
    String text = "the caller's stream failed: " + thrown.getClass().getSimpleName() + message;
    lock.lock();
    try {
      failure = Optional.of(new Failure.Disk(Redaction.of(text), false));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isInterrupt(IOException e) {
    return e instanceof ClosedByInterruptException
        || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
  }

  private static InterruptedException interrupted(IOException e) {
    InterruptedException interrupt = new InterruptedException(e.getMessage());
    interrupt.initCause(e);
    return interrupt;
  }
}
