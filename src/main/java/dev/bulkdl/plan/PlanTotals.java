package dev.bulkdl.plan;

import dev.bulkdl.model.Failure;
import dev.bulkdl.plan.PlannedAction.Kind;
import java.util.EnumMap;
import java.util.Map;

/** What the rows of a plan come to. For one thread; of fixed size however many rows there are. */
public final class PlanTotals {

  /** The most serious of what would keep a row from being there, the least serious first. */
  public enum Worst {
    NOTHING,
    /** Only what may pass. */
    TRANSIENT,
    PERMANENT,
    /** The local disk, or its permissions. */
    DISK
  }

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final SpaceNeed space;
  private long rows;
  private long toFetch;
  private long unknownSizes;
  private long usable;
  private long useless;
  private Worst worst = Worst.NOTHING;

  /**
   * @param maxFiles how many files a run has in flight at one time
   */
  public PlanTotals(int maxFiles) {
    this.space = new SpaceNeed(maxFiles);
  }

  /** Counts one more row. */
  public void add(PlannedRow row) {
    PlannedAction action = row.action();
    rows++;
    counts.merge(action.kind(), 1L, Long::sum);
    switch (action) {
      case PlannedAction.Fetch fetch -> {
        usable = Sums.plus(usable, fetch.part().usable());
        useless = Sums.plus(useless, fetch.part().useless());
      }
      case PlannedAction.Continue ignored -> {}
      case PlannedAction.Skip ignored -> {}
      case PlannedAction.Blocked blocked -> count(blocked.failure());
      case PlannedAction.Refused refused -> count(refused.failure());
    }
    if (action.fetches()) {
      row.size().ifPresentOrElse(size -> addFetch(action, size), () -> unknownSizes++);
    }
  }

  private void addFetch(PlannedAction action, long size) {
    toFetch = Sums.plus(toFetch, Math.max(0, size - action.present()));
    space.add(action, size);
  }

  private void count(Failure failure) {
    Worst kind =
        failure instanceof Failure.Disk
            ? Worst.DISK
            : failure.isTransient() ? Worst.TRANSIENT : Worst.PERMANENT;
    worst = kind.compareTo(worst) > 0 ? kind : worst;
  }

  public long rows() {
    return rows;
  }

  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Bytes that would be fetched, of files whose size is known. */
  public long toFetch() {
    return toFetch;
  }

  /** Files that would be fetched and whose size nobody tells. */
  public long unknownSizes() {
    return unknownSizes;
  }

  /** Bytes in partial files that need not be fetched again. */
  public long usable() {
    return usable;
  }

  /** Bytes in partial files that cannot be built upon. */
  public long useless() {
    return useless;
  }

  public Worst worst() {
    return worst;
  }

  SpaceNeed space() {
    return space;
  }
}
