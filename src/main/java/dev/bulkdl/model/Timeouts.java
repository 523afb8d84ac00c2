package dev.bulkdl.model;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * When a connection is given up.
 *
 * @param connect for the TCP connection to one address, and again for its TLS handshake
 * @param response from the request sent to the response's headers complete
 * @param idle while no byte arrives though we are ready to read
 * @param minSpeed bytes a second below which a connection is dropped, measured over {@code
 *     minSpeedWindow}
 */
public record Timeouts(
    Duration connect,
    Duration response,
    Duration idle,
    OptionalLong minSpeed,
    Duration minSpeedWindow) {

  public static final Timeouts DEFAULTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          OptionalLong.empty(),
          Duration.ofSeconds(30));

  public Timeouts {
    Require.positive(connect, "connect");
    Require.positive(response, "response");
    Require.positive(idle, "idle");
    minSpeed.ifPresent(speed -> Require.atLeast(1, speed, "minSpeed"));
    Require.positive(minSpeedWindow, "minSpeedWindow");
  }
}
