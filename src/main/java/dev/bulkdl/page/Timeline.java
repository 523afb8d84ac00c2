package dev.bulkdl.page;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Amounts over time in a fixed number of buckets. When a run outlasts them, adjacent buckets are
 * merged and the bucket width doubles. The memory depends only on the number of series. Not
 * thread-safe.
 */
final class Timeline {
  private static final double NANOS = 1e9;

  private final int capacity;
  private final Map<String, double[]> series = new LinkedHashMap<>();
  private long width;
  private long end;

  /**
   * @param capacity the maximum number of buckets, an even number
   * @param width the initial width of a bucket
   */
  Timeline(int capacity, Duration width) {
    this.capacity = capacity;
    this.width = width.toNanos();
  }

  /**
   * Adds an amount, spread evenly between two moments. Ignored if {@code to} is not after {@code
   * from}.
   */
  void add(String name, Duration from, Duration to, double amount) {
    long first = from.toNanos();
    long last = to.toNanos();
    if (last <= first) {
      return;
    }
    makeRoomFor(last);
    double[] sums = series.computeIfAbsent(name, ignored -> new double[capacity]);
    for (int i = (int) (first / width); i * width < last; i++) {
      long within = Math.min(last, (i + 1) * width) - Math.max(first, i * width);
      sums[i] += amount * within / (last - first);
    }
  }

  private void makeRoomFor(long nanos) {
    end = Math.max(end, nanos);
    while (end > capacity * width) {
      series.values().forEach(Timeline::halve);
      width *= 2;
    }
  }

  private static void halve(double[] sums) {
    int half = sums.length / 2;
    for (int i = 0; i < half; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
    }
    Arrays.fill(sums, half, sums.length, 0);
  }

  /** The names of the series, in the order in which they were first added. */
  List<String> names() {
    return List.copyOf(series.keySet());
  }

  /** The total amount of a series. */
  double total(String name) {
    return Arrays.stream(sums(name)).sum();
  }

  /** The middle of each bucket, in seconds. */
  List<Double> seconds() {
    return buckets().mapToObj(i -> (i * width + length(i) / 2.0) / NANOS).toList();
  }

  /** The amount in each bucket, per second. */
  List<Double> perSecond(String name) {
    double[] sums = sums(name);
    return buckets().mapToObj(i -> NANOS * amount(sums, i) / length(i)).toList();
  }

  private double[] sums(String name) {
    return series.getOrDefault(name, new double[capacity]);
  }

  private IntStream buckets() {
    return IntStream.range(0, count());
  }

  /**
   * The number of buckets in use. A rest of less than half a bucket is merged into the bucket
   * before it.
   */
  private int count() {
    return end == 0 ? 0 : (int) Math.max(1, (end + width / 2) / width);
  }

  private long length(int bucket) {
    return bucket == count() - 1 ? end - bucket * width : width;
  }

  private double amount(double[] sums, int bucket) {
    boolean includesRest = bucket == count() - 1 && bucket + 1 < capacity;
    return includesRest ? sums[bucket] + sums[bucket + 1] : sums[bucket];
  }
}
