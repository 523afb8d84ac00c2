package dev.bulkdl.serve.job;

import java.util.List;

/**
 * Failed rows with the same class of failure and host.
 *
 * @param sample one of the reasons
 * @param nextStep what can be done, for people
 * @param rows some of them
 */
public record FailureGroup(
    String code, String host, long count, String sample, String nextStep, List<Long> rows) {

  public FailureGroup {
    rows = List.copyOf(rows);
  }
}
