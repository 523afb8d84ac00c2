package dev.bulkdl.settings;

/** How bytes are written to a partial file. */
public enum WriteMode {
  /**
   * Large files bypass the page cache where that is known to cost less: on ext4 and xfs on a
   * solid-state or virtual disk. All others go through the page cache.
   */
  AUTO,
  /** Through the system's page cache, as most programs write. */
  DISK,
  /**
   * Large files bypass the page cache (O_DIRECT), which costs less and leaves the memory to others.
   * The next read, such as the one that hashes a split file, comes from the device.
   */
  DIRECT,
  /**
   * Bytes are dropped, for measurements without the disk. Files get their length and name, and have
   * no content. No hash of such a file can be read back.
   */
  DISCARD
}
