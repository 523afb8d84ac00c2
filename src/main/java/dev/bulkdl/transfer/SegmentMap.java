package dev.bulkdl.transfer;

import dev.bulkdl.event.Layout;
import dev.bulkdl.model.Spans;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which bytes of a file are there, which are being fetched, and which nobody has begun. Every byte
 * belongs to exactly one of these at any time. Thread-safe.
 */
final class SegmentMap {

  /** The end of a file whose length is not known. */
  static final long OPEN = Long.MAX_VALUE;

  private final long minimum;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Spans.Span> unclaimed = new ArrayDeque<>();
  private final List<Segment> active = new ArrayList<>();
  private Spans done;
  private long total;
  private volatile boolean splittable;

  /**
   * @param minimum no segment smaller than this many bytes is cut off another
   */
  SegmentMap(Spans done, OptionalLong total, long minimum) {
    this.minimum = minimum;
    this.done = done;
    this.total = total.orElse(OPEN);
    unclaimed.addAll(done.gapsBefore(this.total));
  }

  /** The length of the file has become known, by its first answer or by its end. */
  void learnTotal(long bytes) {
    lock.lock();
    try {
      if (total != OPEN) {
        return;
      }
      total = bytes;
      active.stream()
          .filter(segment -> segment.end() > bytes)
          .forEach(segment -> segment.endAt(bytes));
      List<Spans.Span> left = List.copyOf(unclaimed);
      unclaimed.clear();
      left.stream()
          .filter(span -> span.start() < bytes)
          .map(span -> new Spans.Span(span.start(), Math.min(span.end(), bytes)))
          .forEach(unclaimed::add);
    } finally {
      lock.unlock();
    }
  }

  /** Whether ranges may be taken from a segment that another worker fetches. */
  void allowSplits(boolean allowed) {
    splittable = allowed;
  }

  boolean allowsSplits() {
    return splittable;
  }

  /** What to fetch next: a range that nobody has begun, else half of the largest remainder. */
  Optional<Segment> claim() {
    lock.lock();
    try {
      Spans.Span next = unclaimed.pollFirst();
      if (next == null) {
        return steal();
      }
      Segment segment = new Segment(next.start(), next.end());
      active.add(segment);
      return Optional.of(segment);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Segment> steal() {
    Optional<Segment> victim = largest();
    if (!splittable || victim.isEmpty() || remainder(victim.get()) / 2 < minimum) {
      return Optional.empty();
    }
    Segment whole = victim.get();
    long middle = whole.reserved() + remainder(whole) / 2;
    Segment half = new Segment(middle, whole.end());
    whole.endAt(middle);
    active.add(half);
    return Optional.of(half);
  }

  private Optional<Segment> largest() {
    return active.stream()
        .filter(segment -> segment.end() != OPEN)
        .max(Comparator.comparingLong(SegmentMap::remainder));
  }

  private static long remainder(Segment segment) {
    return segment.end() - segment.reserved();
  }

  /** Whether one more worker would find something to do. */
  boolean hasWork() {
    lock.lock();
    try {
      return !unclaimed.isEmpty()
          || (splittable && largest().filter(s -> remainder(s) / 2 >= minimum).isPresent());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Keeps the next bytes of a segment for its worker.
   *
   * @return how many of the {@code wanted} bytes the worker may write at the segment's position; 0
   *     at its end
   */
  int reserve(Segment segment, int wanted) {
    lock.lock();
    try {
      long granted = Math.min(wanted, segment.end() - segment.position());
      segment.reserveTo(segment.position() + granted);
      return (int) granted;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The worker has ended with this segment: what it wrote is there, the rest is anybody's. Where
   * nothing was written, the rest rejoins the segment before it, whose connection may deliver it
   * without being asked again.
   */
  void giveBack(Segment segment) {
    lock.lock();
    try {
      active.remove(segment);
      done = done.plus(segment.start(), segment.position());
      if (!segment.isDone() && !rejoin(segment)) {
        unclaimed.addFirst(new Spans.Span(segment.position(), segment.end()));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean rejoin(Segment rest) {
    Optional<Segment> before =
        active.stream().filter(segment -> segment.end() == rest.position()).findFirst();
    before.ifPresent(segment -> segment.endAt(rest.end()));
    return before.isPresent();
  }

  /** What is there, that of segments in work included. */
  Spans written() {
    lock.lock();
    try {
      Spans all = done;
      for (Segment segment : active) {
        all = all.plus(segment.start(), segment.position());
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** What is there, and what is being fetched, for people. */
  Layout layout() {
    lock.lock();
    try {
      return new Layout(
          written(),
          active.stream()
              .map(piece -> new Layout.Piece(piece.start(), piece.position(), piece.end()))
              .toList());
    } finally {
      lock.unlock();
    }
  }

  /** Whether all bytes of a known number are there. */
  boolean isComplete() {
    lock.lock();
    try {
      return total != OPEN && active.isEmpty() && unclaimed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The length of the file, where it is known. */
  OptionalLong total() {
    lock.lock();
    try {
      return total == OPEN ? OptionalLong.empty() : OptionalLong.of(total);
    } finally {
      lock.unlock();
    }
  }
}
