package dev.bulkdl.model;

/** Which files are synced to the device (fsync) before the final rename. */
public enum SyncPolicy {
  ALWAYS(0),
  /** Files of at least 64 MiB. */
  LARGE(64L << 20),
  NEVER(Long.MAX_VALUE);

  private final long fromBytes;

  SyncPolicy(long fromBytes) {
    this.fromBytes = fromBytes;
  }

  /** Returns true if a file of this size in bytes is synced. */
  public boolean covers(long bytes) {
    return bytes >= fromBytes;
  }
}
