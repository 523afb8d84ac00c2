package dev.bulkdl.http;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Detects a connection that is too slow. Only the time that it waits for the network counts, so
 * that a slow disk or a pause has no effect. Not thread-safe: one thread uses it.
 */
final class SpeedFloor {

  private final long windowNanos;
  private final long bytesPerWindow;
  private long waited;
  private long bytes;

  SpeedFloor(OptionalLong bytesPerSecond, Duration window) {
    this.windowNanos = bytesPerSecond.isPresent() ? window.toNanos() : Long.MAX_VALUE;
    this.bytesPerWindow = (long) (bytesPerSecond.orElse(0) * (window.toNanos() / 1e9));
  }

  /** Counts received bytes. */
  void received(long count) {
    bytes += count;
  }

  /** Returns the nanoseconds of waiting after which {@link #waitedFor} should be called. */
  long nanosToCheck() {
    return windowNanos - waited;
  }

  /** Counts waiting time. Returns true if a window has ended in which too few bytes arrived. */
  boolean waitedFor(long nanos) {
    waited += nanos;
    if (waited < windowNanos) {
      return false;
    }
    boolean slow = bytes < bytesPerWindow;
    waited = 0;
    bytes = 0;
    return slow;
  }
}
