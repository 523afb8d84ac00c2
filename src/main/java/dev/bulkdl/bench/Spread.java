package dev.bulkdl.bench;

import java.util.List;

/** What several measurements of one thing come to. */
public record Spread(double median, double min, double max) {

  /** Of at least one value; of an even number, the median lies between the two in the middle. */
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
