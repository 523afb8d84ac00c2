package dev.bulkdl.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every n-th of the offered elements, evenly from first to last. When it is full, it drops
 * every second element and doubles n. Not thread-safe.
 */
final class SampledSeries<T> {
  private final int capacity;
  private List<T> kept = new ArrayList<>();
  private long offered;
  private long every = 1;

  SampledSeries(int capacity) {
    this.capacity = capacity;
  }

  void offer(T each) {
    if (offered++ % every != 0) {
      return;
    }
    if (kept.size() == capacity) {
      List<T> half = new ArrayList<>(capacity);
      for (int i = 0; i < kept.size(); i += 2) {
        half.add(kept.get(i));
      }
      kept = half;
      every *= 2;
      if ((offered - 1) % every != 0) {
        return;
      }
    }
    kept.add(each);
  }

  List<T> kept() {
    return List.copyOf(kept);
  }

  /** The sampling interval n: one in n offered elements is kept. */
  long every() {
    return every;
  }

  long offered() {
    return offered;
  }
}
