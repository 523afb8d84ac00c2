package dev.bulkdl.transfer;

import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ByteRanges.Span> unclaimed = new ArrayDeque<>();
  private final List<Segment> active = new ArrayList<>();
  private ByteRanges done;
  private long total;
  private volatile boolean splittable;

  /**
   * @param minimum no segment smaller than this many bytes is cut off another; one that is much
   *     slower may lose all that is left to it
   */
  SegmentMap(ByteRanges done, OptionalLong total, long minimum, Ticker ticker) {
    this.minimum = minimum;
    this.ticker = ticker;
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
      List<ByteRanges.Span> left = List.copyOf(unclaimed);
      unclaimed.clear();
      left.stream()
          .filter(span -> span.start() < bytes)
          .map(span -> new ByteRanges.Span(span.start(), Math.min(span.end(), bytes)))
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

  /** How fast a connection delivers, which begins now. */
  Throughput newPace() {
    return new Throughput(ticker.nanos());
  }

  /**
   * What to fetch next: a range that nobody has begun, else a share of the one that would be done
   * last.
   *
   * @param mine the pace of the connection that has nothing to do
   */
  Optional<Segment> claim(Throughput mine) {
    lock.lock();
    try {
      ByteRanges.Span next = unclaimed.pollFirst();
      Optional<Segment> claimed =
          next == null
              ? offer(mine.rate(ticker.nanos())).map(offer -> take(offer, mine))
              : Optional.of(new Segment(next.start(), next.end(), mine));
      claimed.ifPresent(active::add);
      return claimed;
    } finally {
      lock.unlock();
    }
  }

  /** What can be taken from the end of a segment in work: at least one byte. */
  private record Offer(Segment from, long bytes) {}

  private Segment take(Offer offer, Throughput mine) {
    long end = offer.from.end();
    offer.from.endAt(end - offer.bytes);
    return new Segment(end - offer.bytes, end, mine);
  }

  /**
   * @param mine bytes a second, 0 while that is not known
   */
  private Optional<Offer> offer(double mine) {
    if (!splittable) {
      return Optional.empty();
    }
    long now = ticker.nanos();
    double usual = usualRate(now, mine);
    Optional<Offer> best = Optional.empty();
    double latest = 0;
    for (Segment segment : active) {
      double theirs = known(segment.pace().rate(now), usual);
      long left = segment.end() == OPEN ? 0 : segment.end() - segment.reserved();
      boolean whole = mine > 0 && segment.isUnderWay() && segment.pace().isSettled(now);
      long share = SplitPolicy.of(left, theirs, known(mine, usual), minimum, whole);
      if (share > 0 && left / theirs > latest) {
        latest = left / theirs;
        best = Optional.of(new Offer(segment, share));
      }
    }
    return best;
  }

  /** Where it is not known how fast a connection is, it is taken for one like the others. */
  private double usualRate(long now, double mine) {
    return active.stream()
        .mapToDouble(segment -> segment.pace().rate(now))
        .filter(rate -> rate > 0)
        .average()
        .orElse(known(mine, 1));
  }

  private static double known(double rate, double usual) {
    return rate > 0 ? rate : usual;
  }

  /** Whether one more connection would find something to do. */
  boolean hasWork() {
    lock.lock();
    try {
      return !unclaimed.isEmpty() || offer(0).isPresent();
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
      segment.pace().received(granted, ticker.nanos());
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
        unclaimed.addFirst(new ByteRanges.Span(segment.position(), segment.end()));
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
  ByteRanges written() {
    lock.lock();
    try {
      ByteRanges all = done;
      for (Segment segment : active) {
        all = all.plus(segment.start(), segment.position());
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** What is there, and what is being fetched, for people. */
  SegmentLayout layout() {
    lock.lock();
    try {
      return new SegmentLayout(written(), active.stream().map(Segment::piece).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody has a byte to fetch any more, though some may still wait for one. */
  boolean isFetched() {
    lock.lock();
    try {
      return total != OPEN && unclaimed.isEmpty() && active.stream().allMatch(Segment::isDone);
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
