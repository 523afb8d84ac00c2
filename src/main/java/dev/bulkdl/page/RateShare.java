package dev.bulkdl.page;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The share of the time in which connections delivered at a rate of this range.
 *
 * @param from bytes per second, included
 * @param to bytes per second, excluded
 * @param share from 0 to 1
 */
public record RateShare(long from, long to, double share) {

  private static final int MOST = 12;

  /** The whole distribution in at most {@value #MOST} ranges, the slowest first. */
  static List<RateShare> of(Histogram rates) {
    if (rates.getTotalCount() == 0) {
      return List.of();
    }
    int low = log2(rates.getMinValue());
    int high = log2(rates.getMaxValue());
    int step = 1;
    while ((high - low) / step >= MOST) {
      step++;
    }
    List<RateShare> shares = new ArrayList<>();
    for (int at = low; at <= high; at += step) {
      long from = at == 0 ? 0 : 1L << at;
      long to = 1L << (at + step);
      long count = rates.getCountBetweenValues(from, rates.lowestEquivalentValue(to) - 1);
      shares.add(new RateShare(from, to, (double) count / rates.getTotalCount()));
    }
    return shares;
  }

  private static int log2(long value) {
    return value <= 1 ? 0 : 63 - Long.numberOfLeadingZeros(value);
  }
}
