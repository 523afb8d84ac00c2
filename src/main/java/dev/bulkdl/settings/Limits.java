package dev.bulkdl.settings;

import java.util.OptionalLong;

/**
 * How much happens at one time, and for one file. If {@code adaptive} is true, the numbers of
 * connections are ceilings, and the engine finds the numbers below them that pay.
 *
 * @param maxFiles files in flight, at least 1
 * @param maxConnections connections in flight, at least 1
 * @param maxPerHost connections in flight to one origin, at least 1
 * @param segments connections for one file at the most; 1 never splits a file
 * @param segmentMin no range smaller than this many bytes is cut off a file, at least 1; where the
 *     limits are adaptive, a range also needs enough time to be worth a request
 * @param maxFileSize a file with more bytes than this fails; at least 1, empty for no bound
 * @param adaptive whether the engine measures how many connections pay; false holds these numbers
 * @param hosts the rules for single hosts
 * @param weight how much the run gets beside other runs on its engine, from 1 to {@value
 *     #MOST_WEIGHT}
 */
public record Limits(
    int maxFiles,
    int maxConnections,
    int maxPerHost,
    int segments,
    long segmentMin,
    OptionalLong maxFileSize,
    boolean adaptive,
    HostRules hosts,
    int weight) {

  public static final int USUAL_WEIGHT = 100;

  public static final int MOST_WEIGHT = 1000;

  /** Ceilings for what long links need. Over HTTP/2 more files than connections are in flight. */
  public static final Limits DEFAULTS =
      new Limits(
          256, 128, 64, 64, 1L << 20, OptionalLong.empty(), true, HostRules.SHIPPED, USUAL_WEIGHT);

  /** The numbers of connections that are held where the engine does not measure. */
  public static final Limits FIXED = new Limits(32, 64, 16, 4, 16L << 20);

  public Limits {
    Require.atLeast(1, maxFiles, "maxFiles");
    Require.atLeast(1, maxConnections, "maxConnections");
    Require.atLeast(1, maxPerHost, "maxPerHost");
    Require.atLeast(1, segments, "segments");
    Require.atLeast(1, segmentMin, "segmentMin");
    Require.atLeast(1, maxFileSize.orElse(1), "maxFileSize");
    checkWeight(weight);
  }

  /**
   * Refuses a weight that a run cannot have.
   *
   * @throws IllegalArgumentException below 1 or above {@value #MOST_WEIGHT}
   */
  public static void checkWeight(int weight) {
    Require.atLeast(1, weight, "weight");
    if (weight > MOST_WEIGHT) {
      throw new IllegalArgumentException("weight must be at most " + MOST_WEIGHT);
    }
  }

  /** Limits that are held as they are, without a bound for the size of a file. */
  public Limits(int maxFiles, int maxConnections, int maxPerHost, int segments, long segmentMin) {
    this(
        maxFiles,
        maxConnections,
        maxPerHost,
        segments,
        segmentMin,
        OptionalLong.empty(),
        false,
        HostRules.SHIPPED,
        USUAL_WEIGHT);
  }

  public Limits withMaxFiles(int files) {
    return new Limits(
        files,
        maxConnections,
        maxPerHost,
        segments,
        segmentMin,
        maxFileSize,
        adaptive,
        hosts,
        weight);
  }

  public Limits withMaxConnections(int connections) {
    return new Limits(
        maxFiles,
        connections,
        maxPerHost,
        segments,
        segmentMin,
        maxFileSize,
        adaptive,
        hosts,
        weight);
  }

  public Limits withMaxPerHost(int connections) {
    return new Limits(
        maxFiles,
        maxConnections,
        connections,
        segments,
        segmentMin,
        maxFileSize,
        adaptive,
        hosts,
        weight);
  }

  public Limits withSegments(int connections, long minimumBytes) {
    return new Limits(
        maxFiles,
        maxConnections,
        maxPerHost,
        connections,
        minimumBytes,
        maxFileSize,
        adaptive,
        hosts,
        weight);
  }

  public Limits withMaxFileSize(OptionalLong bytes) {
    return new Limits(
        maxFiles, maxConnections, maxPerHost, segments, segmentMin, bytes, adaptive, hosts, weight);
  }

  /** Returns these limits, held as they are or as ceilings. */
  public Limits withAdaptive(boolean other) {
    return new Limits(
        maxFiles,
        maxConnections,
        maxPerHost,
        segments,
        segmentMin,
        maxFileSize,
        other,
        hosts,
        weight);
  }

  /** Returns these limits with other rules for single hosts. */
  public Limits with(HostRules rules) {
    return new Limits(
        maxFiles,
        maxConnections,
        maxPerHost,
        segments,
        segmentMin,
        maxFileSize,
        adaptive,
        rules,
        weight);
  }

  /** Returns these limits with another weight. */
  public Limits withWeight(int other) {
    return new Limits(
        maxFiles,
        maxConnections,
        maxPerHost,
        segments,
        segmentMin,
        maxFileSize,
        adaptive,
        hosts,
        other);
  }
}
