package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.time.Duration;

/** Is told how connections fare, by the threads that use them; it returns quickly. */
@FunctionalInterface
public interface WireListener {
  /** A TCP connection was opened. Its TLS handshake does not count. */
  void connected(Duration took);

  /**
   * The first connection needs TLS.
   *
   * @param by who encrypts, with its version
   */
  default void tlsBegan(String by) {}

  /**
   * An answer's content has ended, wholly or not.
   *
   * @param bytes of it that came
   * @param took since its request began to be sent
   */
  default void delivered(Origin origin, long bytes, Duration took) {}
}
