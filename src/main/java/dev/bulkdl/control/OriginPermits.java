package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * The permits of each origin. An entry exists only while a thread has or wants one of its permits,
 * because a run can have a million origins. Thread-safe.
 */
final class OriginPermits {

  private final ToIntFunction<Origin> perOrigin;
  private final Map<Origin, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param perOrigin returns the current number of permits of an origin
   */
  OriginPermits(ToIntFunction<Origin> perOrigin) {
    this.perOrigin = perOrigin;
  }

  private record Entry(ResizableSemaphore permits, int users) {
    Entry with(int more) {
      return new Entry(permits, users + more);
    }
  }

  /**
   * Returns the permits of the origin and counts one more user. {@link #leave} removes this user.
   */
  ResizableSemaphore enter(Origin origin) {
    Entry entered =
        entries.compute(
            origin,
            (same, entry) ->
                entry == null
                    ? new Entry(new ResizableSemaphore(() -> perOrigin.applyAsInt(origin)), 1)
                    : entry.with(1));
    ResizableSemaphore permits = Objects.requireNonNull(entered).permits();
    permits.follow(); // a change of the limit before this entry existed did not reach it
    return permits;
  }

  void leave(Origin origin) {
    entries.computeIfPresent(origin, (same, entry) -> entry.users() == 1 ? null : entry.with(-1));
  }

  /** Returns the number of users that have or want a permit of this origin. */
  int users(Origin origin) {
    Entry entry = entries.get(origin);
    return entry == null ? 0 : entry.users();
  }

  /** Returns the permits of the origin if it has users. */
  Optional<ResizableSemaphore> find(Origin origin) {
    return Optional.ofNullable(entries.get(origin)).map(Entry::permits);
  }

  /** Returns true if this origin has no free permit. Allocates no memory. */
  boolean isExhausted(Origin origin) {
    Entry entry = entries.get(origin);
    return entry != null && entry.permits().isExhausted();
  }

  /** Returns how many permits of this origin are free; below 0 if more are taken than exist. */
  int free(Origin origin) {
    Entry entry = entries.get(origin);
    return entry == null ? perOrigin.applyAsInt(origin) : entry.permits().availablePermits();
  }

  /** Applies a changed limit to all origins. */
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
