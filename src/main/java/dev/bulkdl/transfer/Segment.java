package dev.bulkdl.transfer;

import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ConnectionInfo;
import java.util.Optional;

/**
 * A range of a file that one worker fetches. Only the worker moves {@code position}. Other workers
 * can take bytes from its end, or give them back, through {@link SegmentMap}.
 */
final class Segment {

  private final long start;
  private final Throughput throughput;
  private volatile long position;
  private volatile long end;
  private volatile Optional<ConnectionInfo> connection = Optional.empty();
  private long reserved;
  private long noted;
  private boolean hangs;

  /**
   * @param throughput the throughput of the worker's connection
   */
  Segment(long start, long end, Throughput throughput) {
    this.start = start;
    this.throughput = throughput;
    this.position = start;
    this.end = end;
    this.reserved = start;
    this.noted = start;
  }

  long start() {
    return start;
  }

  /** Guarded by the map's lock. */
  Throughput throughput() {
    return throughput;
  }

  /** All bytes before it are written. */
  long position() {
    return position;
  }

  /** The offset behind the last byte that this segment still has to fetch. */
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

  /** Notes that the worker has written this number of bytes more. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by the worker only
  void advance(long bytes) {
    position += bytes;
  }

  /** Guarded by the map's lock. */
  void endAt(long newEnd) {
    end = newEnd;
  }

  /** Guarded by the map's lock. Whether any byte of it has arrived. */
  boolean isUnderWay() {
    return reserved > start;
  }

  /** Guarded by the map's lock. Whether it has got no byte for long, after its first ones. */
  boolean hangs() {
    return hangs;
  }

  void setHangs(boolean now) {
    hangs = now;
  }

  /** Guarded by the map's lock. Bytes before this offset cannot be taken away. */
  long reserved() {
    return reserved;
  }

  /** Guarded by the map's lock. */
  void reserveTo(long byteAfter) {
    reserved = byteAfter;
  }

  /** For the worker only. The number of written bytes since the last note in the journal. */
  long unnoted() {
    return position - noted;
  }

  /**
   * For the worker only. Marks all written bytes as noted, and returns the start of the range since
   * the last note.
   */
  long takeUnnoted() {
    long from = noted;
    noted = position;
    return from;
  }
}
