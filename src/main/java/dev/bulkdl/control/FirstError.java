package dev.bulkdl.control;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first unexpected exception of several threads. The thread that waits for them throws it
 * again. Thread-safe.
 */
public final class FirstError {

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  /** Records an unexpected exception or error. Only the first one is kept. */
  public void met(Throwable thrown) {
    first.compareAndSet(null, thrown);
  }

  /** Throws the recorded exception. Returns if there is none. */
  public void rethrow() {
    Throwable thrown = first.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }
}
