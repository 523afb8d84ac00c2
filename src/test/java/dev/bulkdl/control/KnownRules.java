package dev.bulkdl.control;

import java.time.Duration;

/**
 * Rules that other programs use, in their essence, to compare ours with. Each keeps within a
 * ceiling.
 */
final class KnownRules {

  private static final long SECOND = 1_000_000_000;

  private KnownRules() {}

  /** A rule with a number that it changes. */
  abstract static class Base implements Concurrency {
    final int ceiling;
    double limit;
    int inUse;

    Base(int ceiling, double first) {
      this.ceiling = ceiling;
      this.limit = first;
    }

    @Override
    public int allowed() {
      return Math.clamp(Math.round(limit), 1, ceiling);
    }

    @Override
    public int granted(long now) {
      return ++inUse;
    }

    @Override
    public void released(long now) {
      inUse--;
    }

    @Override
    public void answered(int level, Duration took, long now) {}

    @Override
    public void refused(int level, long now) {
      limit = Math.max(1, allowed() / 2.0);
    }

    @Override
    public void sample(long now, long bytes, long requests) {}
  }

  /** Doubles while requests succeed, and stays where one fails. */
  static final class Doubling extends Base {
    private boolean stopped;
    private int answers;

    Doubling(int ceiling) {
      super(ceiling, 1);
    }

    @Override
    public void answered(int level, Duration took, long now) {
      answers++;
      if (!stopped && answers >= allowed()) {
        answers = 0;
        limit = Math.min(ceiling, 2 * limit);
      }
    }

    @Override
    public void refused(int level, long now) {
      stopped = true;
      super.refused(level, now);
    }
  }

  /** Compares the shortest time of a call with the present one: longer calls mean a queue. */
  static final class Vegas extends Base {
    private double shortest = Double.MAX_VALUE;

    Vegas(int ceiling) {
      super(ceiling, 20);
    }

    @Override
    public void ended(Duration took, long now) {
      double nanos = took.toNanos();
      shortest = Math.min(shortest, nanos);
      double queue = limit * (1 - shortest / nanos);
      double step = Math.max(1, Math.log10(limit));
      if (queue < 3 * step) {
        limit = Math.min(ceiling, limit + step);
      } else if (queue > 6 * step) {
        limit = Math.max(1, limit - step);
      }
    }
  }

  /** Compares the long and the short average of the time of a call. */
  static final class Gradient extends Base {
    private double longTime;
    private double shortTime;

    Gradient(int ceiling) {
      super(ceiling, 20);
    }

    @Override
    public void ended(Duration took, long now) {
      double nanos = took.toNanos();
      longTime = longTime == 0 ? nanos : longTime + (nanos - longTime) / 600;
      shortTime = shortTime == 0 ? nanos : shortTime + (nanos - shortTime) / 10;
      double gradient = Math.clamp(1.5 * longTime / shortTime, 0.5, 1.0);
      double next = limit * gradient + 4;
      limit = Math.clamp(0.8 * limit + 0.2 * next, 20, ceiling);
    }
  }

  /** One more each half second while most requests take as long as expected, else one less. */
  static final class Health extends Base {
    private double expected;
    private double healthy = 1;
    private long changedAt;

    Health(int ceiling) {
      super(ceiling, 4);
    }

    @Override
    public void ended(Duration took, long now) {
      double nanos = took.toNanos();
      expected = expected == 0 ? nanos : expected + (nanos - expected) / 20;
      healthy += ((nanos <= 1.3 * expected ? 1 : 0) - healthy) / 10;
      if (now - changedAt >= SECOND / 2) {
        changedAt = now;
        limit = Math.clamp(limit + (healthy > 0.8 ? 1 : healthy < 0.5 ? -1 : 0), 1, ceiling);
      }
    }
  }

  /** Climbs by measured goodput with a price for each connection, in epochs of two seconds. */
  static final class Epochs extends Base {
    private long begin;
    private double workThen;
    private double best;
    private double step = 4;
    private boolean doubling = true;

    Epochs(int ceiling) {
      super(ceiling, 4);
    }

    @Override
    public void sample(long now, long bytes, long requests) {
      if (now - begin < 2 * SECOND) {
        return;
      }
      double work = bytes + requests * ConnectionController.REQUEST;
      double worth = (work - workThen) * SECOND / (now - begin) / Math.pow(1.02, allowed());
      boolean better = worth > 1.05 * best;
      doubling &= better;
      step = doubling ? limit : Math.copySign(Math.max(1, limit / 8), better ? step : -step);
      best = worth;
      workThen = work;
      begin = now;
      limit = Math.clamp(limit + step, 1, ceiling);
    }
  }
}
