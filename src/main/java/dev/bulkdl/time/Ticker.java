package dev.bulkdl.time;

/** A monotonic clock. It never jumps when the time of day is changed. */
@FunctionalInterface
public interface Ticker {

  /** Returns nanoseconds since a fixed but arbitrary moment, as {@link System#nanoTime} does. */
  long nanos();

  static Ticker system() {
    return System::nanoTime;
  }
}
