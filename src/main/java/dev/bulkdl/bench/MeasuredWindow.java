package dev.bulkdl.bench;

import dev.bulkdl.event.RunProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * The measured part of a cell. It starts at the first sample after the warmup and ends at the first
 * sample that makes it long enough. It is always exact, because it uses its real length, however
 * far the samples are apart. Immutable.
 *
 * @param first the sample that opened the window
 * @param last the newest sample while it is open, or the sample that closed it
 */
record MeasuredWindow(Duration warmup, Duration duration, Optional<Sample> first, Sample last) {

  /** The counters of a run at one moment, with the time since its start. */
  record Sample(Duration elapsed, long bytes, long files) {
    static final Sample START = new Sample(Duration.ZERO, 0, 0);

    static Sample of(RunProgress progress) {
      return new Sample(progress.elapsed(), progress.received(), progress.completed());
    }
  }

  /** The window at the start of a run. It is open at once if there is no warmup. */
  static MeasuredWindow of(Duration warmup, Duration duration) {
    return new MeasuredWindow(warmup, duration, Optional.empty(), Sample.START).with(Sample.START);
  }

  /** The window after one more sample. */
  MeasuredWindow with(Sample sample) {
    if (isOver() || sample.elapsed().compareTo(warmup) < 0) {
      return this;
    }
    return new MeasuredWindow(warmup, duration, Optional.of(first.orElse(sample)), sample);
  }

  /** True if events count now. */
  boolean isOpen() {
    return first.isPresent() && !isOver();
  }

  boolean isOver() {
    return first.isPresent() && length().compareTo(duration) >= 0;
  }

  Duration length() {
    return first.map(from -> last.elapsed().minus(from.elapsed())).orElse(Duration.ZERO);
  }

  /** Bytes that the network delivered within the window. */
  long bytes() {
    return first.map(from -> last.bytes() - from.bytes()).orElse(0L);
  }

  /** Files completed within the window, even if they began before it. */
  long files() {
    return first.map(from -> last.files() - from.files()).orElse(0L);
  }

  /** The count per second; 0 if the window has no length. */
  double perSecond(long count) {
    long nanos = length().toNanos();
    return nanos == 0 ? 0 : 1e9 * count / nanos;
  }
}
