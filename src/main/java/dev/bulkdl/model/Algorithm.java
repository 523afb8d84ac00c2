package dev.bulkdl.model;

import java.util.Locale;
import java.util.Optional;

/** The content hashes that a manifest may give, the strongest first. */
public enum Algorithm {
  SHA512("SHA-512", 128, Proof.SHA512),
  SHA256("SHA-256", 64, Proof.SHA256),
  SHA1("SHA-1", 40, Proof.SHA1),
  MD5("MD5", 32, Proof.MD5),
  CRC32C("CRC32C", 8, Proof.CRC32C);

  private final String standardName;
  private final int hexLength;
  private final Proof proof;

  Algorithm(String standardName, int hexLength, Proof proof) {
    this.standardName = standardName;
    this.hexLength = hexLength;
    this.proof = proof;
  }

  /**
   * Returns the algorithm with this label, in any case and with or without a hyphen: {@code
   * sha256}, {@code SHA-256}.
   */
  public static Optional<Algorithm> named(String label) {
    String plain = label.strip().toLowerCase(Locale.ROOT).replace("-", "");
    for (Algorithm algorithm : values()) {
      if (algorithm.label().equals(plain)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Returns the algorithm whose hash has this number of hexadecimal digits. */
  public static Optional<Algorithm> ofHexLength(int digits) {
    for (Algorithm algorithm : values()) {
      if (algorithm.hexLength == digits) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The name of the manifest's column and of the proof, such as {@code sha256}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name that the Java platform uses, such as {@code SHA-256}. */
  public String standardName() {
    return standardName;
  }

  public int hexLength() {
    return hexLength;
  }

  /** Returns the proof that an equal hash of this algorithm gives. */
  public Proof proof() {
    return proof;
  }
}
