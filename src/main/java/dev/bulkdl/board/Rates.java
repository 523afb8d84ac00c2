package dev.bulkdl.board;

import dev.bulkdl.model.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The rates at which things grow that come and go, each smoothed over some seconds. Not
 * thread-safe.
 */
final class Rates<K, V, R> {

  /** After this time two thirds of a rate are new. */
  private static final double MEMORY_SECONDS = 4;

  /** Rates are taken anew when so much time has passed. */
  private static final Duration LEAST_STEP = Duration.ofMillis(900);

  private final Function<V, K> key;
  private final ToLongFunction<V> count;
  private final RowMaker<V, R> rowMaker;
  private Map<K, Track> tracks = new HashMap<>();
  private long order;

  /** Makes a row of a thing, its name, which is safe to be shown, and its rate. */
  @FunctionalInterface
  interface RowMaker<V, R> {
    R row(String name, V value, long rate);
  }

  /**
   * @param key what stays the same of a thing while it grows
   * @param count how much there is of it
   */
  Rates(Function<V, K> key, ToLongFunction<V> count, RowMaker<V, R> rowMaker) {
    this.key = key;
    this.count = count;
    this.rowMaker = rowMaker;
  }

  /**
   * A row for each thing that is there now, in the order in which they came; others are forgotten.
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

    /** A count that went back began anew. */
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
