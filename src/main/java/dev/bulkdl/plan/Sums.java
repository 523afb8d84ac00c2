package dev.bulkdl.plan;

/** Sums of sizes that people may have made up. */
final class Sums {

  private Sums() {}

  /** The sum of two numbers of at least 0; {@link Long#MAX_VALUE} if it is more. */
  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
