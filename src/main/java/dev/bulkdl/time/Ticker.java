package dev.bulkdl.time;

/** A clock that only measures: it never jumps when somebody sets the time of day. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since some fixed but arbitrary moment, as {@link System#nanoTime}. */
  long nanos();

  static Ticker system() {
    return System::nanoTime;
  }
}
