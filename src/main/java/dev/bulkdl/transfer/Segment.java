package dev.bulkdl.transfer;

import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ConnectionInfo;
import java.util.Optional;

/**
 * A range of a file that one worker fetches. The worker alone moves {@code position}; others may
 * take the part from {@code end} downwards away, or give it back, through {@link SegmentMap}.
 */
final class Segment {

  private final long start;
  private final Throughput pace;
  private volatile long position;
  private volatile long end;
  private volatile Optional<ConnectionInfo> connection = Optional.empty();
  private long reserved;
  private long noted;

  /**
   * @param pace that of the connection over which it comes
   */
  Segment(long start, long end, Throughput pace) {
    this.start = start;
    this.pace = pace;
    this.position = start;
    this.end = end;
    this.reserved = start;
    this.noted = start;
  }

  long start() {
    return start;
  }

  /** Guarded by the map's lock. */
  Throughput pace() {
    return pace;
  }

  /** Everything before it has been written. */
  long position() {
    return position;
  }

  /** The byte after the last one that this segment still has to fetch. */
  long end() {
    return end;
  }

  /** Records the connection that delivers the segment now. */
  void over(Optional<ConnectionInfo> now) {
    connection = now;
  }

  /** Returns the state of the segment at this moment. */
  SegmentLayout.Piece piece() {
    return new SegmentLayout.Piece(start, position, end, connection);
  }

  boolean isDone() {
    return position >= end;
  }

  /** The worker has written this many more bytes. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by the worker only
  void advance(long bytes) {
    position += bytes;
  }

  /** Guarded by the map's lock. */
  void endAt(long newEnd) {
    end = newEnd;
  }

  /** Guarded by the map's lock: whether anything of it has come. */
  boolean isUnderWay() {
    return reserved > start;
  }

  /** Guarded by the map's lock: up to here nothing can be taken away. */
  long reserved() {
    return reserved;
  }

  /** Guarded by the map's lock. */
  void reserveTo(long byteAfter) {
    reserved = byteAfter;
  }

  /** For the worker only: what has been written since the last note in the journal. */
  long unnoted() {
    return position - noted;
  }

  /** For the worker only: the start of what has been written since. */
  long noteAll() {
    long from = noted;
    noted = position;
    return from;
  }
}
