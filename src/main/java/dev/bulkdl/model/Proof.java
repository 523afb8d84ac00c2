package dev.bulkdl.model;

import java.util.Locale;

/** How a file was shown to be the one that was asked for, the strongest proof first. */
public enum Proof {
  SHA512,
  SHA256,
  SHA1,
  MD5,
  CRC32C,
  /** Every byte came under one strong entity tag, and their number is the announced one. */
  ETAG,
  /** The number of bytes is the announced one. */
  LENGTH,
  /** The server announced nothing that could be checked. */
  NONE;

  /** As results.csv writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The stronger of the two. */
  public Proof or(Proof other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
