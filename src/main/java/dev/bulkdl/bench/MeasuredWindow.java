package dev.bulkdl.bench;

import dev.bulkdl.event.RunProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * The part of a cell that counts: from the first sample at or after the end of the warmup to the
 * first that makes it as long as it is to be. It is as exact as a sample, however far these lie
 * apart, since it knows its own length. Immutable.
 *
 * @param first the sample that opened it
 * @param last the newest sample while it was open, or that which closed it
 */
record MeasuredWindow(Duration warmup, Duration duration, Optional<Sample> first, Sample last) {

  /** A run's counters at one moment since its beginning. */
  record Sample(Duration elapsed, long bytes, long files) {
    static final Sample START = new Sample(Duration.ZERO, 0, 0);

    static Sample of(RunProgress progress) {
      return new Sample(progress.elapsed(), progress.received(), progress.completed());
    }
  }

  /** At the beginning of a run; open at once where there is no warmup. */
  static MeasuredWindow of(Duration warmup, Duration duration) {
    return new MeasuredWindow(warmup, duration, Optional.empty(), Sample.START).with(Sample.START);
  }

  /** After one more sample. */
  MeasuredWindow with(Sample sample) {
    if (isOver() || sample.elapsed().compareTo(warmup) < 0) {
      return this;
    }
    return new MeasuredWindow(warmup, duration, Optional.of(first.orElse(sample)), sample);
  }

  /** Whether what happens now counts. */
  boolean isOpen() {
    return first.isPresent() && !isOver();
  }

  boolean isOver() {
    return first.isPresent() && length().compareTo(duration) >= 0;
  }

  Duration length() {
    return first.map(from -> last.elapsed().minus(from.elapsed())).orElse(Duration.ZERO);
  }

  /** Bytes that the network delivered in it. */
  long bytes() {
    return first.map(from -> last.bytes() - from.bytes()).orElse(0L);
  }

  /** Files that were completed in it, wherever they began. */
  long files() {
    return first.map(from -> last.files() - from.files()).orElse(0L);
  }

  /** So many a second; 0 in a window without a length. */
  double perSecond(long count) {
    long nanos = length().toNanos();
    return nanos == 0 ? 0 : 1e9 * count / nanos;
  }
}
