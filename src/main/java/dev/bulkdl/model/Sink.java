package dev.bulkdl.model;

/** What becomes of the bytes when they are written to a partial file. */
public enum Sink {
  DISK,
  /**
   * Dropped by the write itself, for those who measure everything but the disk: files get their
   * length, name and end as ever, and hold nothing. No hash of such a file can be read back.
   */
  DISCARD
}
