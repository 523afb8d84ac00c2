package dev.bulkdl.plan;

import dev.bulkdl.model.Download;
import dev.bulkdl.settings.RowOrder;
import dev.bulkdl.text.SignedUrl;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What decides the order of the rows: about 20 bytes for each row, and its name where names decide.
 * Not thread-safe.
 */
final class RowTable {

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final RowOrder order;
  private final NameStore names = new NameStore();
  private long[] keys = new long[1024];
  private short[] priorities = new short[1024];
  private int size;

  RowTable(RowOrder order) {
    this.order = order;
  }

  void add(Download row) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Math.multiplyExact(size, 2));
      priorities = Arrays.copyOf(priorities, keys.length);
    }
    keys[size] = key(row);
    priorities[size] = (short) row.priority();
    size++;
  }

  private long key(Download row) {
    return switch (order) {
      case LIST -> 0;
      case SIZE, MIXED -> row.size().orElse(UNKNOWN);
      case SIZE_DESC -> row.size().isPresent() ? -row.size().getAsLong() : UNKNOWN;
      case EXPIRY ->
          SignedUrl.expiry(row.source().toString()).map(Instant::getEpochSecond).orElse(UNKNOWN);
      case NAME -> names.add(row.target().value());
    };
  }

  /** Returns the numbers of the rows in their order, and where the next priority begins. */
  Sorted sorted() {
    Comparator<Integer> byKey =
        order == RowOrder.NAME
            ? (a, b) -> names.compare(keys[a], keys[b])
            : Comparator.comparingLong(row -> keys[row]);
    int[] rows =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(row -> -priorities[row])
                    .thenComparing(byKey)
                    .thenComparingInt(row -> row))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ends = ends(rows);
    if (order == RowOrder.MIXED) {
      moveUnknownToMiddle(rows, ends);
    }
    return new Sorted(rows, ends);
  }

  /** Returns the end of each priority in the sorted rows. */
  private int[] ends(int[] rows) {
    return IntStream.rangeClosed(1, rows.length)
        .filter(i -> i == rows.length || priorities[rows[i]] != priorities[rows[i - 1]])
        .toArray();
  }

  /** Rows are taken from both ends, so those whose size is not known are taken last. */
  private void moveUnknownToMiddle(int[] rows, int[] ends) {
    int from = 0;
    for (int to : ends) {
      int known = from;
      while (known < to && keys[rows[known]] != UNKNOWN) {
        known++;
      }
      int middle = from + (known - from) / 2;
      int[] unknown = Arrays.copyOfRange(rows, known, to);
      System.arraycopy(rows, middle, rows, middle + unknown.length, known - middle);
      System.arraycopy(unknown, 0, rows, middle, unknown.length);
      from = to;
    }
  }

  /** Rows in their order. Immutable. */
  static final class Sorted {

    private final int[] rows;
    private final int[] ends;

    private Sorted(int[] rows, int[] ends) {
      this.rows = rows;
      this.ends = ends;
    }

    /** Returns the number of the row at this place of the order. */
    int row(int place) {
      return rows[place];
    }

    /** Returns how many priorities there are. */
    int priorities() {
      return ends.length;
    }

    /** Returns the place where the rows of a priority begin; the highest is 0. */
    int start(int priority) {
      return priority == 0 ? 0 : ends[priority - 1];
    }

    /** Returns the place behind the last row of a priority. */
    int end(int priority) {
      return ends[priority];
    }
  }
}
