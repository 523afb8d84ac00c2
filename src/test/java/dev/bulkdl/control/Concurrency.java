package dev.bulkdl.control;

import java.time.Duration;

/** A rule that sets the number of connections to one origin. All times are nanoseconds. */
interface Concurrency {

  int allowed();

  /** Returns the number that is probably allowed soon: so many connections are opened. */
  default int next() {
    return allowed();
  }

  /** Returns the number of connections in use, this one included. */
  int granted(long now);

  void released(long now);

  void answered(int level, Duration took, long now);

  void refused(int level, long now);

  void sample(long now, long bytes, long requests);

  /** A request has ended well, this long after it began. */
  default void ended(Duration took, long now) {}

  /** The rule of the program. */
  static Concurrency ours(int ceiling) {
    ConnectionController controller = new ConnectionController(0, ceiling);
    return new Concurrency() {
      private long sampledAt;

      @Override
      public int allowed() {
        return controller.allowed();
      }

      @Override
      public int next() {
        return controller.next();
      }

      @Override
      public int granted(long now) {
        return controller.granted(now);
      }

      @Override
      public void released(long now) {
        controller.released(now);
      }

      @Override
      public void answered(int level, Duration took, long now) {
        controller.answered(level, took, now);
      }

      @Override
      public void refused(int level, long now) {
        controller.refused(level, Certainty.SURE, now);
      }

      @Override
      public void sample(long now, long bytes, long requests) {
        if (now - sampledAt >= ConnectionController.STEP) {
          sampledAt = now;
          controller.sample(now, bytes, requests, true);
        }
      }
    };
  }
}
