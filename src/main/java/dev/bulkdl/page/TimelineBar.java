package dev.bulkdl.page;

import java.util.List;

/**
 * One file on the timeline of the run. Its texts are safe to show.
 *
 * @param host the origin that the manifest names
 * @param start of its first connection, in seconds since the run began
 * @param seconds from the first connection to the end of the file
 * @param bytes received and kept
 * @param segments the highest number of connections at one time
 * @param requests start times of the first few requests, in seconds since the run began
 * @param waits the first few waits after failed attempts
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
   * A wait before the next attempt.
   *
   * @param at in seconds since the run began
   * @param cause the failure's class
   */
  public record Wait(double at, double seconds, String cause) {}
}
