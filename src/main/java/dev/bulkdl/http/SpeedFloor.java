package dev.bulkdl.http;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Tells a connection that is too slow. Only time spent waiting for the network counts, so a slow
 * disk or a pause never condemns a connection. For one thread.
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

  /** Counts bytes that came. */
  void received(long count) {
    bytes += count;
  }

  /** Nanoseconds of waiting after which {@link #waitedFor} should be told. */
  long patience() {
    return windowNanos - waited;
  }

  /** Counts time waited; true when a window is over in which too little came. */
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
