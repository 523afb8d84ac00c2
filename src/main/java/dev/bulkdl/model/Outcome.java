package dev.bulkdl.model;

import java.time.Duration;

/** How one file ended. Outcomes are plain values that serialize. */
public sealed interface Outcome {

  /** What was moved and how often it was tried. */
  Effort effort();

  /** Returns the status as results.csv writes it. */
  default String status() {
    return switch (this) {
      case Completed ignored -> "completed";
      case Skipped ignored -> "skipped";
      case Failed ignored -> "failed";
      case Cancelled ignored -> "cancelled";
    };
  }

  /** Returns the same outcome with another effort. */
  default Outcome with(Effort other) {
    return switch (this) {
      case Completed completed ->
          new Completed(completed.size(), completed.proof(), completed.from(), other);
      case Skipped skipped -> new Skipped(skipped.size(), skipped.proof(), skipped.from(), other);
      case Failed failed -> new Failed(failed.failure(), other);
      case Cancelled ignored -> new Cancelled(other);
    };
  }

  /**
   * The work that one file took.
   *
   * @param downloaded bytes received over the network and kept
   * @param resumed bytes that an earlier run had left
   * @param discarded bytes that were there and could not be used
   * @param attempts 1, and one more for each time that the file went on after a failure or began
   *     anew, over however many connections; 0 where nothing was asked
   * @param segments the most connections that fetched the file at one time
   * @param elapsed from the first connection to the end; 0 where there was none
   */
  record Effort(
      long downloaded,
      long resumed,
      long discarded,
      int attempts,
      int segments,
      RangeSupport ranges,
      Duration elapsed) {

    /** The effort of a file that was never asked for. */
    public static Effort none() {
      return new Effort(0, 0, 0, 0, 0, RangeSupport.UNKNOWN, Duration.ZERO);
    }

    /**
     * Returns the sum of this effort and an earlier one on the same file in the same run. The
     * earlier one's bytes that this one resumed count as downloaded in this run.
     */
    public Effort after(Effort earlier) {
      boolean tookNothingUp = downloaded + resumed + discarded == 0;
      long before = tookNothingUp ? earlier.resumed : Math.min(resumed, earlier.resumed);
      return new Effort(
          tookNothingUp ? earlier.downloaded : downloaded + resumed - before,
          before,
          discarded + earlier.discarded,
          attempts + earlier.attempts,
          Math.max(segments, earlier.segments),
          ranges == RangeSupport.UNKNOWN ? earlier.ranges : ranges,
          elapsed.plus(earlier.elapsed));
    }
  }

  /**
   * The file is there under its final name, {@code size} bytes long. Or all of its content went to
   * memory, a stream or a channel.
   */
  record Completed(long size, Proof proof, Provenance from, Effort effort) implements Outcome {

    /** A complete file; nothing else is known about it. */
    public Completed(long size, Proof proof, Effort effort) {
      this(size, proof, Provenance.UNKNOWN, effort);
    }
  }

  /** The file was there already, {@code size} bytes long. */
  record Skipped(long size, Proof proof, Provenance from, Effort effort) implements Outcome {

    /** An existing file; nothing else is known about it. */
    public Skipped(long size, Proof proof, Effort effort) {
      this(size, proof, Provenance.UNKNOWN, effort);
    }
  }

  /** The file is not there; what was fetched of it is kept where it can be used. */
  record Failed(Failure failure, Effort effort) implements Outcome {}

  /** The file was stopped before its end. In a folder it can be continued. */
  record Cancelled(Effort effort) implements Outcome {}
}
