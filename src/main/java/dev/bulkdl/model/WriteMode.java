package dev.bulkdl.model;

/** What becomes of the bytes when they are written to a partial file. */
public enum WriteMode {
  /** Written as any program does: into the system's page cache, and from there to the device. */
  DISK,
  /**
   * Large files are written past the page cache, which costs less and leaves the memory to others.
   * The next read, such as the one that hashes a split file, comes from the device.
   */
  DIRECT,
  /**
   * Dropped by the write itself, for those who measure everything but the disk: files get their
   * length, name and end as ever, and hold nothing. No hash of such a file can be read back.
   */
  DISCARD
}
