package dev.bulkdl.report;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by label, from any number of threads at once; meant for the few labels of a fixed set. */
final class Tally {

  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String label) {
    counts.computeIfAbsent(label, ignored -> new LongAdder()).increment();
  }

  NavigableMap<String, Long> snapshot() {
    NavigableMap<String, Long> snapshot = new TreeMap<>();
    counts.forEach((label, count) -> snapshot.put(label, count.sum()));
    return snapshot;
  }
}
