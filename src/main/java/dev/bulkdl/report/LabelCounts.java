package dev.bulkdl.report;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by label, for a small fixed set of labels. Thread-safe. */
final class LabelCounts {

  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String label, int times) {
    counts.computeIfAbsent(label, ignored -> new LongAdder()).add(times);
  }

  /** The labels whose count is not 0, with their counts. */
  NavigableMap<String, Long> snapshot() {
    NavigableMap<String, Long> snapshot = new TreeMap<>();
    counts.forEach((label, count) -> snapshot.put(label, count.sum()));
    snapshot.values().removeIf(count -> count == 0);
    return snapshot;
  }
}
