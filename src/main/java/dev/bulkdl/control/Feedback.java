package dev.bulkdl.control;

import java.time.Duration;

/**
 * What the user of a connection learns about its origin, while it has the permit. For one thread at
 * a time.
 */
interface Feedback extends AutoCloseable {

  /**
   * Content was received and written.
   *
   * @param network whether the connection waits for the network more than for this machine
   */
  void received(long bytes, boolean network);

  /**
   * A response shows that the origin serves.
   *
   * @param took from the request to the response, with the time to connect
   */
  void answered(Duration took);

  /**
   * The server refused a request because it has too many connections or requests.
   *
   * @param how how certain that is
   */
  void refused(Certainty how);

  /**
   * A file that the server refused for an unsure reason was asked for again.
   *
   * @param served whether it was served now; else it was refused a second time
   */
  void triedAgain(boolean served);

  /** Returns when the permit was taken, in nanoseconds; 0 where connections are not measured. */
  long since();

  /** The permit is given back. */
  @Override
  void close();
}
