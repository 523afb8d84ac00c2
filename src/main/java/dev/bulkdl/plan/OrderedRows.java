package dev.bulkdl.plan;

import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.manifest.RowStore;
import dev.bulkdl.settings.RowOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a manifest in another order than that of the list: first the bad ones, then the good
 * ones from a {@link RowStore}. With {@link RowOrder#MIXED} they come from both ends in turn. Not
 * thread-safe.
 */
final class OrderedRows implements ManifestRows {

  private final ManifestRows bad;
  private final RowStore store;
  private final RowOrder order;
  private final RowTable.Sorted sorted;
  private int priority;
  private int from;
  private int to;
  private boolean largeIsNext;

  private OrderedRows(ManifestRows bad, RowStore store, RowOrder order, RowTable.Sorted sorted) {
    this.bad = bad;
    this.store = store;
    this.order = order;
    this.sorted = sorted;
  }

  /**
   * Reads all rows.
   *
   * @param rows all rows, closed by this call
   * @param bad the bad rows, closed together with the result
   * @param store an empty store, closed together with the result
   */
  static OrderedRows of(ManifestRows rows, ManifestRows bad, RowStore store, RowOrder order) {
    RowTable table = new RowTable(order);
    try (rows) {
      while (rows.hasNext()) {
        if (rows.next() instanceof ManifestRow.Good good) {
          store.add(good);
          table.add(good.download());
        }
      }
      store.flush();
      return new OrderedRows(bad, store, order, table.sorted());
    } catch (RuntimeException e) {
      bad.close();
      store.close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return bad.hasNext() || hasGood();
  }

  @Override
  public ManifestRow next() {
    if (bad.hasNext()) {
      return bad.next();
    }
    boolean large = largeIsNext;
    largeIsNext = order == RowOrder.MIXED && !large;
    return good(large);
  }

  /** The small end, with the bad rows, and the large end. Both end when no row is left. */
  @Override
  public List<Iterator<? extends ManifestRow>> ends() {
    if (order != RowOrder.MIXED) {
      return List.of(this);
    }
    List<Iterator<? extends ManifestRow>> ends = new ArrayList<>();
    ends.add(new End(false));
    ends.add(new End(true));
    return ends;
  }

  private final class End implements Iterator<ManifestRow> {

    private final boolean large;

    private End(boolean large) {
      this.large = large;
    }

    @Override
    public boolean hasNext() {
      return (!large && bad.hasNext()) || hasGood();
    }

    @Override
    public ManifestRow next() {
      return !large && bad.hasNext() ? bad.next() : good(large);
    }
  }

  private boolean hasGood() {
    while (from == to && priority < sorted.priorities()) {
      from = sorted.start(priority);
      to = sorted.end(priority);
      priority++;
    }
    return from < to;
  }

  private ManifestRow good(boolean large) {
    if (!hasGood()) {
      throw new NoSuchElementException();
    }
    if (!large) {
      return store.get(sorted.row(from++));
    }
    to--;
    return store.get(sorted.row(to));
  }

  @Override
  public void close() {
    bad.close();
    store.close();
  }
}
