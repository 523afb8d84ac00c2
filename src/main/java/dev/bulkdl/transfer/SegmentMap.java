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
 * Tracks which bytes of a file are written, which are being fetched, and which are unclaimed. Every
 * byte is in exactly one of these states at any time. Thread-safe.
 */
final class SegmentMap {

  /** The end of a file whose length is unknown. */
  static final long OPEN = Long.MAX_VALUE;

  /** There is work, but no rate is known that would tell how long it takes. */
  private static final double UNKNOWN = Double.MIN_VALUE;

  private final PieceSize pieces;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ByteRanges.Span> unclaimed = new ArrayDeque<>();
  private final List<Segment> active = new ArrayList<>();
  private ByteRanges done;
  private long total;
  private volatile boolean splittable;

  /**
   * @param pieces the smallest segment that a split makes; a much slower connection can lose its
   *     whole rest, which can be smaller
   */
  SegmentMap(ByteRanges done, OptionalLong total, PieceSize pieces, Ticker ticker) {
    this.pieces = pieces;
    this.ticker = ticker;
    this.done = done;
    this.total = total.orElse(OPEN);
    unclaimed.addAll(done.gapsBefore(this.total));
  }

  /**
   * Sets the length of the file, from its first response or its end. Only the first call counts.
   */
  void learnTotal(long bytes) {
    lock.lock();
    try {
      if (total != OPEN) {
        return;
      }
      total = bytes;
      for (Segment segment : active) {
        if (segment.end() > bytes) {
          segment.endAt(bytes);
        }
      }
      List<ByteRanges.Span> left = List.copyOf(unclaimed);
      unclaimed.clear();
      for (ByteRanges.Span span : left) {
        if (span.start() < bytes) {
          unclaimed.add(new ByteRanges.Span(span.start(), Math.min(span.end(), bytes)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Allows or forbids to take bytes from another worker's segment. */
  void allowSplits(boolean allowed) {
    splittable = allowed;
  }

  boolean allowsSplits() {
    return splittable;
  }

  /** Returns a new measurement for a connection; it starts now. */
  Throughput newThroughput() {
    return new Throughput(ticker.nanos());
  }

  /**
   * Claims the next segment: a share of an unclaimed range. If there is none, it is taken from the
   * segment that would end last.
   *
   * @param mine the throughput of the idle connection
   * @return empty if there is nothing to take
   */
  Optional<Segment> claim(Throughput mine) {
    lock.lock();
    try {
      if (unclaimed.isEmpty()) {
        offer(mine.rate(ticker.nanos())).ifPresent(this::takeAway);
      }
      Optional<Segment> claimed =
          Optional.ofNullable(unclaimed.pollFirst()).map(range -> claimShare(range, mine));
      claimed.ifPresent(active::add);
      return claimed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A part of an active segment that can be taken.
   *
   * @param bytes how many from its end, at least one
   * @param seconds as {@link #secondsOfWork} returns it
   */
  private record Offer(Segment from, long bytes, double seconds) {}

  private void takeAway(Offer offer) {
    long end = offer.from.end();
    offer.from.endAt(end - offer.bytes);
    unclaimed.addFirst(new ByteRanges.Span(end - offer.bytes, end));
  }

  private Segment claimShare(ByteRanges.Span range, Throughput mine) {
    long end = range.end();
    if (splittable && end != OPEN) {
      long now = ticker.nanos();
      double rate = measuredRate(now, mine.rate(now));
      end = range.start() + pieces.share(range.length(), active.size() + 1, rate);
    }
    if (end < range.end()) {
      unclaimed.addFirst(new ByteRanges.Span(end, range.end()));
    }
    return new Segment(range.start(), end, mine);
  }

  /**
   * @param mine the idle connection's bytes per second; 0 if unknown
   */
  private Optional<Offer> offer(double mine) {
    if (!splittable) {
      return Optional.empty();
    }
    long now = ticker.nanos();
    double measured = measuredRate(now, mine);
    double usual = known(measured, 1);
    Optional<Offer> best = Optional.empty();
    double latest = 0;
    long minimum = pieces.smallest(measured);
    for (Segment segment : active) {
      double theirs = known(segment.throughput().rate(now), usual);
      long left = segment.end() == OPEN ? 0 : segment.end() - segment.reserved();
      boolean whole = mine > 0 && segment.isUnderWay() && segment.throughput().isSettled(now);
      long share =
          segment.hangs() ? left : SplitPolicy.of(left, theirs, known(mine, usual), minimum, whole);
      if (share > 0 && left / theirs > latest) {
        latest = left / theirs;
        best = Optional.of(new Offer(segment, share, measured > 0 ? latest : UNKNOWN));
      }
    }
    return best;
  }

  /**
   * Returns the average rate of the other connections, which is used for a connection whose rate is
   * unknown; 0 if none is known.
   */
  private double measuredRate(long now, double mine) {
    return active.stream()
        .mapToDouble(segment -> segment.throughput().rate(now))
        .filter(rate -> rate > 0)
        .average()
        .orElse(mine);
  }

  private static double known(double rate, double usual) {
    return rate > 0 ? rate : usual;
  }

  /**
   * Returns how many seconds of work one more connection could share: 0 if there is none, and very
   * little while nothing is known of the connections' rates.
   */
  double secondsOfWork() {
    lock.lock();
    try {
      if (unclaimed.isEmpty()) {
        return offer(0).map(Offer::seconds).orElse(0.0);
      }
      double rate = measuredRate(ticker.nanos(), 0);
      long bytes = unclaimed.stream().mapToLong(ByteRanges.Span::length).sum();
      return rate > 0 ? bytes / rate : UNKNOWN;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a range waits for a connection. */
  boolean hasUnclaimed() {
    lock.lock();
    try {
      return !unclaimed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Records that a segment has got no byte for long. Another connection can take all its rest. */
  void hangs(Segment segment) {
    lock.lock();
    try {
      segment.setHangs(segment.isUnderWay());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reserves the next bytes of a segment for its worker.
   *
   * @return how many of the {@code wanted} bytes the worker can write at the segment's position; 0
   *     at its end
   */
  int reserve(Segment segment, int wanted) {
    lock.lock();
    try {
      long granted = Math.min(wanted, segment.end() - segment.position());
      segment.reserveTo(segment.position() + granted);
      segment.setHangs(false);
      segment.throughput().received(granted, ticker.nanos());
      return (int) granted;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a segment. The written bytes are done; the rest becomes unclaimed. If an active segment
   * ends exactly there, it gets the rest, because its connection can deliver it without another
   * request.
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

  /** Returns all written ranges, those of active segments included. */
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

  /** Returns the written ranges and the active segments, for display. */
  SegmentLayout layout() {
    lock.lock();
    try {
      return new SegmentLayout(written(), active.stream().map(Segment::piece).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Whether every byte is written, though a worker can still wait for its connection. */
  boolean isFetched() {
    lock.lock();
    try {
      return total != OPEN && unclaimed.isEmpty() && active.stream().allMatch(Segment::isDone);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the length is known, all bytes are written, and no segment is active. */
  boolean isComplete() {
    lock.lock();
    try {
      return total != OPEN && active.isEmpty() && unclaimed.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The length of the file in bytes, if known. */
  OptionalLong total() {
    lock.lock();
    try {
      return total == OPEN ? OptionalLong.empty() : OptionalLong.of(total);
    } finally {
      lock.unlock();
    }
  }
}
