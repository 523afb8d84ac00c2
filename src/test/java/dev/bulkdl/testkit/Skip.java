package dev.bulkdl.testkit;

import org.junit.jupiter.api.Assumptions;

/** Leaves the calling test out, and says so where people look. */
public final class Skip {
  private Skip() {}

  /**
   * @param what is not tested, and why
   */
  public static void because(String what) {
    String line = "SKIPPED " + what;
    System.out.println(line);
    Assumptions.abort(line);
  }
}
