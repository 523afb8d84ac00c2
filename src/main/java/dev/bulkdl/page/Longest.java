package dev.bulkdl.page;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The bars that lasted longest. Not thread-safe. */
final class Longest {
  private static final Comparator<Bar> BY_LENGTH = Comparator.comparingDouble(Bar::seconds);

  private final int capacity;
  private final PriorityQueue<Bar> bars = new PriorityQueue<>(BY_LENGTH);

  Longest(int capacity) {
    this.capacity = capacity;
  }

  void offer(Bar bar) {
    bars.add(bar);
    if (bars.size() > capacity) {
      bars.remove();
    }
  }

  /** The longest first. */
  List<Bar> inOrder() {
    return bars.stream().sorted(BY_LENGTH.reversed()).toList();
  }
}
