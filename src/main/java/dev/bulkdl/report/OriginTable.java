package dev.bulkdl.report;

import dev.bulkdl.model.Origin;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A value for each origin. A run can have a different origin for every file, so all origins after
 * the first {@value #MOST} share one value, named {@value #OTHERS}. Thread-safe.
 */
final class OriginTable<T> {
  static final int MOST = 10_000;
  static final String OTHERS = "others";

  private final Supplier<T> maker;
  private final ConcurrentHashMap<Origin, T> origins = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, T> others = new ConcurrentHashMap<>();

  OriginTable(Supplier<T> maker) {
    this.maker = maker;
  }

  T of(Origin origin) {
    T known = origins.get(origin);
    if (known != null) {
      return known;
    }
    return origins.mappingCount() < MOST
        ? origins.computeIfAbsent(origin, ignored -> maker.get())
        : others.computeIfAbsent(OTHERS, ignored -> maker.get());
  }

  /** Visits the origins that have a value of their own. */
  void forEachOrigin(BiConsumer<Origin, T> action) {
    origins.forEach(action);
  }

  void forEach(BiConsumer<String, T> action) {
    origins.forEach((origin, each) -> action.accept(origin.toString(), each));
    others.forEach(action);
  }
}
