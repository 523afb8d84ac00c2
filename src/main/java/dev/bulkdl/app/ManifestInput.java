package dev.bulkdl.app;

import dev.bulkdl.settings.RowOrder;
import java.io.InputStream;

/**
 * Which manifest a use case reads, and how strictly.
 *
 * @param location a path, or {@code -} for {@code standardInput}
 * @param standardInput read to its end if {@code location} is {@code -}, else left alone
 * @param skipBadRows whether the good rows are worked on where others are bad
 * @param order the order in which a run begins the rows
 */
public record ManifestInput(
    String location, InputStream standardInput, boolean skipBadRows, RowOrder order) {

  /** The rows in the order of the list. */
  public ManifestInput(String location, InputStream standardInput, boolean skipBadRows) {
    this(location, standardInput, skipBadRows, RowOrder.LIST);
  }
}
