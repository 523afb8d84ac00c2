package dev.bulkdl.model;

/**
 * How much may happen at one time.
 *
 * @param maxFiles files in flight, at least 1
 * @param maxConnections connections in flight, at least 1
 * @param maxPerHost connections in flight to one origin, at least 1
 * @param segments connections for one file at the most; 1 never splits a file
 * @param segmentMin no range smaller than this many bytes is cut off a file, at least 1
 */
public record Limits(
    int maxFiles, int maxConnections, int maxPerHost, int segments, long segmentMin) {

  public static final Limits DEFAULTS = new Limits(32, 64, 16, 4, 16L << 20);

  public Limits {
    Require.atLeast(1, maxFiles, "maxFiles");
    Require.atLeast(1, maxConnections, "maxConnections");
    Require.atLeast(1, maxPerHost, "maxPerHost");
    Require.atLeast(1, segments, "segments");
    Require.atLeast(1, segmentMin, "segmentMin");
  }

  public Limits withMaxFiles(int files) {
    return new Limits(files, maxConnections, maxPerHost, segments, segmentMin);
  }

  public Limits withMaxConnections(int connections) {
    return new Limits(maxFiles, connections, maxPerHost, segments, segmentMin);
  }

  public Limits withMaxPerHost(int connections) {
    return new Limits(maxFiles, maxConnections, connections, segments, segmentMin);
  }

  public Limits withSegments(int connections, long minimumBytes) {
    return new Limits(maxFiles, maxConnections, maxPerHost, connections, minimumBytes);
  }
}
