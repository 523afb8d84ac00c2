package dev.bulkdl.control;

import java.util.ArrayList;
import java.util.List;

/**
 * The goodput that growing numbers of connections have brought, and whether still more of them pay.
 * Not thread-safe.
 */
final class Climb {

  /** Further connections have to bring this share of what the others bring at least. */
  private static final double GAIN = 0.25;

  /** Compared are numbers of connections that differ by this factor at least. */
  private static final double GROWTH = 1.4;

  /** Below this share of the best goodput, there are too many connections. */
  private static final double COLLAPSED = 0.7;

  /** A goodput that is this share of the best one is as good. */
  private static final double NEARLY = 0.93;

  /** A little more than what is enough by the speed of one connection. */
  private static final double SPARE = 1.15;

  /** How many times in a row more connections bring nothing, before the climb ends. */
  private static final int STRIKES = 3;

  /**
   * The goodput at one time. A further connection has its effect later, so the number that brought
   * this goodput lies between two numbers.
   *
   * @param settled the connections in use long enough to have their whole effect
   * @param present the connections in use at that time
   * @param rate the goodput
   */
  record Point(double settled, double present, double rate) {
    private double middle() {
      return (settled + present) / 2;
    }
  }

  private final List<Point> points = new ArrayList<>();
  private int strikes;

  /** The largest goodput of a point. It is kept because each response asks. */
  private double fastest;

  void add(Point point) {
    strikes = pays(point) ? 0 : strikes + 1;
    points.add(point);
    fastest = Math.max(fastest, point.rate);
  }

  /** Whether the connections that were added last have paid. */
  boolean stillPays() {
    return strikes == 0;
  }

  /** Whether more connections can be added: those that were added last did no harm so far. */
  boolean mayGrow() {
    return stillPays() && !hasFallen();
  }

  /** Whether the goodput is clearly less than it was. */
  private boolean hasFallen() {
    return !points.isEmpty() && points.getLast().rate < NEARLY * fastest;
  }

  boolean isOver() {
    return strikes >= STRIKES;
  }

  private boolean pays(Point now) {
    if (now.rate < COLLAPSED * fastest) {
      return false;
    }
    for (Point earlier : points.reversed()) {
      if (earlier.present <= now.settled / GROWTH && earlier.rate > 0) {
        double more = now.settled / earlier.present - 1;
        return now.rate >= (1 + GAIN * more) * earlier.rate;
      }
    }
    return true;
  }

  /**
   * Returns the smallest number that brought nearly the most, and is enough by its speed. If
   * goodput fell later, fewer connections had brought it than those at its time: then the middle
   * counts, unless its whole effect was never seen.
   *
   * @param inUse the number in use now
   */
  int best(int inUse) {
    double perConnection =
        points.stream()
            .filter(point -> point.present >= 1)
            .mapToDouble(point -> point.rate / point.present)
            .max()
            .orElse(0);
    boolean fell = hasFallen();
    double seen = points.stream().mapToDouble(Point::settled).max().orElse(0);
    double fewest =
        points.stream()
            .filter(point -> point.rate >= NEARLY * fastest)
            .mapToDouble(point -> fell && point.middle() <= seen ? point.middle() : point.present)
            .min()
            .orElse(inUse);
    double needed = perConnection == 0 ? fewest : SPARE * fastest / perConnection;
    return Math.max(1, (int) Math.ceil(Math.min(fewest, needed)));
  }
}
