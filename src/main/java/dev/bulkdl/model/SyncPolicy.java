package dev.bulkdl.model;

/** Which files are forced to the device before the final rename. */
public enum SyncPolicy {
  ALWAYS(0),
  /** Files of at least 64 MiB. */
  LARGE(64L << 20),
  NEVER(Long.MAX_VALUE);

  private final long fromBytes;

  SyncPolicy(long fromBytes) {
    this.fromBytes = fromBytes;
  }

  /** Whether a file of this many bytes is forced. */
  public boolean covers(long bytes) {
    return bytes >= fromBytes;
  }
}
