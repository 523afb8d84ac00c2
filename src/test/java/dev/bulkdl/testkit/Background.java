package dev.bulkdl.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs parts of a test on threads of their own. The threads that all tests of a JVM share are one
 * or two on a small machine, so that two waiting tests would wait for each other.
 */
public final class Background {

  /** Starts a thread for each task. */
  public static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

  private Background() {}

  public static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, THREADS);
  }
}
