package dev.bulkdl.plan;

/**
 * A map from 128-bit keys to ints other than 0, each with a mark of 64 bits, by open addressing
 * over primitive arrays: 28 bytes for each slot, at least a quarter of the slots free. Entries are
 * never removed. Not thread-safe.
 */
final class KeyTable {

  private static final int FIRST_CAPACITY = 16;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];
  private int[] values = new int[FIRST_CAPACITY];
  private long[] marks = new long[FIRST_CAPACITY];
  private int size;

  /** Returns the value of the key; 0 if it has none. */
  int get(long keyHigh, long keyLow) {
    return values[slot(keyHigh, keyLow)];
  }

  /** Returns the mark of the key; 0 if it has none. */
  long mark(long keyHigh, long keyLow) {
    return marks[slot(keyHigh, keyLow)];
  }

  /** Adds a key, which must not have a value yet, with a value other than 0 and a mark. */
  void put(long keyHigh, long keyLow, int value, long mark) {
    if (4 * (size + 1) > 3 * values.length) {
      grow();
    }
    insert(keyHigh, keyLow, value, mark);
    size++;
  }

  private void insert(long keyHigh, long keyLow, int value, long mark) {
    int slot = slot(keyHigh, keyLow);
    high[slot] = keyHigh;
    low[slot] = keyLow;
    values[slot] = value;
    marks[slot] = mark;
  }

  /** Returns the key's slot, or the free slot for it. */
  private int slot(long keyHigh, long keyLow) {
    int mask = values.length - 1;
    int slot = (int) keyLow & mask;
    while (values[slot] != 0 && (high[slot] != keyHigh || low[slot] != keyLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldValues = values;
    long[] oldMarks = marks;
    int capacity = Math.multiplyExact(oldValues.length, 2);
    high = new long[capacity];
    low = new long[capacity];
    values = new int[capacity];
    marks = new long[capacity];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != 0) {
        insert(oldHigh[i], oldLow[i], oldValues[i], oldMarks[i]);
      }
    }
  }
}
