package dev.bulkdl.model;

import java.util.Locale;

/** How a file was proven to be the requested one, the strongest proof first. */
public enum Proof {
  SHA512,
  SHA256,
  SHA1,
  MD5,
  CRC32C,
  /** All bytes came under one strong ETag, and their number is the announced one. */
  ETAG,
  /** The number of bytes is the announced one. */
  LENGTH,
  /** The server announced nothing that could be checked. */
  NONE;

  /** Returns the label that results.csv has. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the stronger of the two. */
  public Proof or(Proof other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
