package dev.bulkdl.inventory;

/**
 * A map from 64-bit keys to file offsets, by open addressing over primitive arrays: 16 bytes for
 * each slot, at least a quarter of the slots free. A later value replaces the earlier one. Not
 * thread-safe.
 */
final class OffsetTable {

  /** Returned for a key that has no offset. */
  static final long NONE = -1;

  private static final int FIRST_CAPACITY = 1 << 10;

  private long[] keys = new long[FIRST_CAPACITY];

  /** Offset plus one, so that a free slot is 0. */
  private long[] values = new long[FIRST_CAPACITY];

  private int size;

  long get(long key) {
    return values[slot(key)] - 1;
  }

  void put(long key, long offset) {
    if (4L * (size + 1) > 3L * keys.length) {
      grow();
    }
    int slot = slot(key);
    if (values[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = offset + 1;
  }

  /** The number of keys. */
  int size() {
    return size;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key ^ (key >>> 32)) & mask;
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    int capacity = Math.multiplyExact(oldKeys.length, 2);
    keys = new long[capacity];
    values = new long[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
