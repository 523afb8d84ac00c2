package dev.bulkdl.board;

import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Rates of growing counters, one per value. Each rate is an exponential moving average. Values
 * appear and disappear between samples. Not thread-safe.
 */
final class Rates<K, V, R> {

  /** The time constant of the average: new samples make up 63 % of a rate after this time. */
  private static final double MEMORY_SECONDS = 4;

  /** The least time between two updates of a rate. */
  private static final Duration LEAST_STEP = Duration.ofMillis(900);

  private final Function<V, K> key;
  private final ToLongFunction<V> count;
  private final RowMaker<V, R> rowMaker;
  private Map<K, Track> tracks = new HashMap<>();
  private long order;

  /** Makes a row from a name that is safe to show, a value and its rate per second. */
  @FunctionalInterface
  interface RowMaker<V, R> {
    R row(String name, V value, long rate);
  }

  /**
   * @param key identifies a value from sample to sample
   * @param count the value's counter
   */
  Rates(Function<V, K> key, ToLongFunction<V> count, RowMaker<V, R> rowMaker) {
    this.key = key;
    this.count = count;
    this.rowMaker = rowMaker;
  }

  /**
   * Returns a row for each of these values, in the order in which they first appeared. Forgets all
   * other values.
   */
  List<R> rows(Duration now, List<V> values) {
    Map<K, Track> kept = HashMap.newHashMap(values.size());
    List<Placed<R>> placed = new ArrayList<>(values.size());
    for (V value : values) {
      K of = key.apply(value);
      Track known = tracks.get(of);
      Track track = known == null ? new Track(order++, Redaction.of(of.toString()), now) : known;
      track.add(now, count.applyAsLong(value));
      kept.put(of, track);
      placed.add(new Placed<>(track.order, rowMaker.row(track.name, value, track.rate())));
    }
    tracks = kept;
    placed.sort(Comparator.comparingLong(Placed::order));
    return placed.stream().map(Placed::row).toList();
  }

  private record Placed<R>(long order, R row) {}

  private static final class Track {
    private final long order;
    private final String name;
    private final Duration born;
    private Duration at;
    private long countThen = -1;
    private double rate;

    private Track(long order, String name, Duration now) {
      this.order = order;
      this.name = name;
      born = now;
      at = now;
    }

    /** A count that decreased was reset; its rate for this step is 0. */
    private void add(Duration now, long countNow) {
      if (countThen < 0) {
        countThen = countNow;
      }
      if (now.minus(at).compareTo(LEAST_STEP) < 0) {
        return;
      }
      double seconds = now.minus(at).toNanos() / 1e9;
      double last = Math.max(0, countNow - countThen) / seconds;
      rate += (at.equals(born) ? 1 : 1 - Math.exp(-seconds / MEMORY_SECONDS)) * (last - rate);
      at = now;
      countThen = countNow;
    }

    private long rate() {
      return Math.round(rate);
    }
  }
}
