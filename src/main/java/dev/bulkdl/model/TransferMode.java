package dev.bulkdl.model;

/** How a file is fetched. */
public enum TransferMode {
  /** From its beginning to its end, one connection at a time. */
  SINGLE,
  /** As several ranges, each over its own connection. */
  SPLIT
}
