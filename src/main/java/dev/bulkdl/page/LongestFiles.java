package dev.bulkdl.page;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the bars with the longest durations, in a bounded priority queue. Not thread-safe. */
final class LongestFiles {
  private static final Comparator<TimelineBar> BY_LENGTH =
      Comparator.comparingDouble(TimelineBar::seconds);

  private final int capacity;
  private final PriorityQueue<TimelineBar> bars = new PriorityQueue<>(BY_LENGTH);

  LongestFiles(int capacity) {
    this.capacity = capacity;
  }

  void offer(TimelineBar bar) {
    bars.add(bar);
    if (bars.size() > capacity) {
      bars.remove();
    }
  }

  /** Longest first. */
  List<TimelineBar> inOrder() {
    return bars.stream().sorted(BY_LENGTH.reversed()).toList();
  }
}
