package dev.bulkdl.serve.job;

import java.util.List;

/**
 * What a manifest holds.
 *
 * @param rows the rows that would be fetched
 * @param bytes the sum of the known sizes
 * @param hosts the hosts with most files
 * @param errors the first errors
 * @param errorCount the number of all errors
 * @param duplicates rows that repeat an earlier one; they are left out
 * @param notes how the manifest is understood
 */
public record CheckResult(
    long rows,
    long bytes,
    List<HostFiles> hosts,
    List<RowError> errors,
    long errorCount,
    long duplicates,
    List<String> notes) {

  /** How many files come from a host. */
  public record HostFiles(String host, long files) {}

  public CheckResult {
    hosts = List.copyOf(hosts);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }
}
