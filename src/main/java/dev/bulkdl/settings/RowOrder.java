package dev.bulkdl.settings;

/** The order in which the rows of a list begin. Rows of a higher priority go first in each. */
public enum RowOrder {
  LIST("list"),
  /** The smallest file first; files whose size is not known last. */
  SIZE("size"),
  /** The largest file first; files whose size is not known last. */
  SIZE_DESC("size,desc"),
  NAME("name"),
  /** Signed URLs, the one that expires first before others; then all other rows. */
  EXPIRY("expiry"),
  /** From both ends: half of the files in flight are small ones, half are large ones. */
  MIXED("mixed");

  private final String label;

  RowOrder(String label) {
    this.label = label;
  }

  /** Returns what the user writes. */
  public String label() {
    return label;
  }
}
