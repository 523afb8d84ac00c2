package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.time.Duration;

/**
 * Receives the events of connections, on the threads that use them. Implementations must be
 * thread-safe and return quickly.
 */
@FunctionalInterface
public interface WireListener {
  /**
   * A TCP connection was opened.
   *
   * @param took the time of the TCP connect, without the TLS handshake
   */
  void connected(Duration took);

  /**
   * The first TLS connection was opened.
   *
   * @param by the TLS library with its version
   */
  default void tlsBegan(String by) {}

  /**
   * An origin states that it allows no further request for this time.
   *
   * @param pause longer than 0
   */
  default void rationed(Origin origin, Duration pause) {}

  /**
   * The content of a response has ended, completely or not.
   *
   * @param origin the requested origin
   * @param bytes the received bytes of content
   * @param took the time since the request began to be sent
   */
  default void delivered(Origin origin, long bytes, Duration took) {}
}
