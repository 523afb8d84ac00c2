package dev.bulkdl.control;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The first bug that any of several threads met, to be thrown again by the thread that waits for
 * them.
 */
public final class FirstError {

  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  /** Keeps an exception or error that nobody expects. */
  public void met(Throwable thrown) {
    first.compareAndSet(null, thrown);
  }

  /** Throws what was met; returns if there was nothing. */
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
