package dev.bulkdl.bench;

import java.util.List;

/** Median, minimum and maximum of several measurements. */
public record Spread(double median, double min, double max) {

  /**
   * Computes the spread of at least one value. For an even number of values, the median is the mean
   * of the two in the middle.
   */
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }
}
