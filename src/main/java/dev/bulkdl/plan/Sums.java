package dev.bulkdl.plan;

/** Sums of sizes, which can be absurdly large. */
final class Sums {

  private Sums() {}

  /** Returns the sum of two numbers of at least 0; {@link Long#MAX_VALUE} on overflow. */
  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
