package dev.bulkdl.plan;

import dev.bulkdl.model.Failure;
import dev.bulkdl.plan.PlannedAction.Kind;
import java.util.EnumMap;
import java.util.Map;

/** Counts the rows of a plan, in a fixed amount of memory. Not thread-safe. */
public final class PlanTotals {

  /** The most serious failure, the least serious first. */
  public enum Worst {
    NOTHING,
    /** Only transient failures. */
    TRANSIENT,
    PERMANENT,
    /** The local disk or its permissions. */
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
   * @param maxFiles the largest number of files in flight
   */
  public PlanTotals(int maxFiles) {
    this.space = new SpaceNeed(maxFiles);
  }

  /** Counts one row. */
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

  /** The bytes to fetch, for files of known size. */
  public long toFetch() {
    return toFetch;
  }

  /** The number of files to fetch whose size is unknown. */
  public long unknownSizes() {
    return unknownSizes;
  }

  /** The bytes in partial files that need not be fetched again. */
  public long usable() {
    return usable;
  }

  /** The bytes in partial files that cannot be used. */
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
