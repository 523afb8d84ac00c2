package dev.bulkdl.engine;

/**
 * How a file is fetched in a test: over how many connections, and whether a part of it is there.
 */
enum Shape {
  ONE_FRESH(1, false),
  ONE_RESUMED(1, true),
  FOUR_FRESH(4, false),
  FOUR_RESUMED(4, true);

  final int segments;
  final boolean resumed;

  Shape(int segments, boolean resumed) {
    this.segments = segments;
    this.resumed = resumed;
  }

  boolean isSplit() {
    return segments > 1;
  }

  /** Whether its first request asks for a range. */
  boolean asksForRange() {
    return resumed || isSplit();
  }
}
