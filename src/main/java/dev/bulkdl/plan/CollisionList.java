package dev.bulkdl.plan;

import java.util.Arrays;

/**
 * A compact list of collisions in the order of their lines: about 20 bytes each, because nearly
 * every row of a million can collide. Not thread-safe.
 */
final class CollisionList {

  private long[] lines = new long[16];
  private long[] otherLines = new long[16];
  private Collision.Kind[] kinds = new Collision.Kind[16];
  private int size;

  int size() {
    return size;
  }

  Collision get(int index) {
    return new Collision(lines[index], otherLines[index], kinds[index]);
  }

  void add(Collision collision) {
    if (size == lines.length) {
      int capacity = Math.addExact(size, size >> 1);
      lines = Arrays.copyOf(lines, capacity);
      otherLines = Arrays.copyOf(otherLines, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
    }
    lines[size] = collision.line();
    otherLines[size] = collision.otherLine();
    kinds[size] = collision.kind();
    size++;
  }
}
