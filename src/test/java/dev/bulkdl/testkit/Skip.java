package dev.bulkdl.testkit;

import org.junit.jupiter.api.Assumptions;

/** Skips the calling test and prints the reason in the build's output. */
public final class Skip {
  private Skip() {}

  /**
   * @param what the skipped behaviour and the reason
   */
  public static void because(String what) {
    String line = "SKIPPED " + what;
    System.out.println(line);
    Assumptions.abort(line);
  }
}
