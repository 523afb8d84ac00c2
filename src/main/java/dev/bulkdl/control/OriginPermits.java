package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * The permits of each origin, kept while somebody has or wants one: a run may meet a million
 * origins. Thread-safe.
 */
final class OriginPermits {

  private final ToIntFunction<Origin> perOrigin;
  private final Map<Origin, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param perOrigin how many permits an origin has now
   */
  OriginPermits(ToIntFunction<Origin> perOrigin) {
    this.perOrigin = perOrigin;
  }

  private record Entry(ResizableSemaphore permits, int users) {
    Entry with(int more) {
      return new Entry(permits, users + more);
    }
  }

  /** The origin's permits, for one more user; {@link #leave} gives them back. */
  ResizableSemaphore enter(Origin origin) {
    Entry entered =
        entries.compute(
            origin,
            (same, entry) ->
                entry == null
                    ? new Entry(new ResizableSemaphore(() -> perOrigin.applyAsInt(origin)), 1)
                    : entry.with(1));
    ResizableSemaphore permits = Objects.requireNonNull(entered).permits();
    permits.follow(); // a limit that changed before the origin was known did not reach it
    return permits;
  }

  void leave(Origin origin) {
    entries.computeIfPresent(origin, (same, entry) -> entry.users() == 1 ? null : entry.with(-1));
  }

  /** How many have one of the origin's permits, or want one. */
  int users(Origin origin) {
    Entry entry = entries.get(origin);
    return entry == null ? 0 : entry.users();
  }

  /** The origin's permits, where somebody uses them. */
  Optional<ResizableSemaphore> find(Origin origin) {
    return Optional.ofNullable(entries.get(origin)).map(Entry::permits);
  }

  /** Whether no permit of this origin is free; it allocates nothing. */
  boolean isExhausted(Origin origin) {
    Entry entry = entries.get(origin);
    return entry != null && entry.permits().isExhausted();
  }

  /** The limit has changed. */
  void follow() {
    entries.values().forEach(entry -> entry.permits().follow());
  }

  Iterable<Origin> all() {
    return entries.keySet();
  }

  int count() {
    return entries.size();
  }
}
