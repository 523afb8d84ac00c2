package dev.bulkdl.page;

import java.util.List;

/**
 * One file in the course of the run. Its texts are safe to be shown.
 *
 * @param host that the manifest names
 * @param start of its first connection, in seconds since the run began
 * @param seconds from then to its end
 * @param bytes received and kept
 * @param segments the most connections that it had at one time
 * @param requests when answers to it were asked for, the first few
 * @param waits after attempts that failed, the first few
 */
public record TimelineBar(
    String name,
    String host,
    double start,
    double seconds,
    String status,
    long bytes,
    int attempts,
    int segments,
    List<Double> requests,
    List<Wait> waits) {

  public TimelineBar {
    requests = List.copyOf(requests);
    waits = List.copyOf(waits);
  }

  /**
   * A wait.
   *
   * @param at in seconds since the run began
   * @param cause the class of the failure
   */
  public record Wait(double at, double seconds, String cause) {}
}
