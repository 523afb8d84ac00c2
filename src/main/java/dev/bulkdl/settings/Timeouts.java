package dev.bulkdl.settings;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The limits of time for a connection. A connection that exceeds one is closed, and its file is
 * tried again.
 *
 * @param connect the limit for the TCP connection to one address, and again for its TLS handshake
 * @param response the limit from the request to the complete headers of its response
 * @param idle the limit without a received byte while bulkdl is ready to read
 * @param minSpeed the lowest speed in bytes per second, measured over {@code minSpeedWindow}; empty
 *     for none
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

  /** Returns these timeouts with another limit for a connection, and again for its handshake. */
  public Timeouts withConnect(Duration limit) {
    return new Timeouts(limit, response, idle, minSpeed, minSpeedWindow);
  }

  public Timeouts withResponse(Duration limit) {
    return new Timeouts(connect, limit, idle, minSpeed, minSpeedWindow);
  }

  public Timeouts withIdle(Duration limit) {
    return new Timeouts(connect, response, limit, minSpeed, minSpeedWindow);
  }

  /**
   * Returns these timeouts with a lowest speed.
   *
   * @param bytesPerSecond at least 1
   * @param window the time over which the speed is measured
   */
  public Timeouts withMinSpeed(long bytesPerSecond, Duration window) {
    return new Timeouts(connect, response, idle, OptionalLong.of(bytesPerSecond), window);
  }
}
