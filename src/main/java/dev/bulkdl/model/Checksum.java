package dev.bulkdl.model;

import dev.bulkdl.text.Chars;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A content hash that a file must have; {@code hex} is lower case and of the algorithm's length.
 */
public record Checksum(Algorithm algorithm, String hex) {

  /**
   * Checks the hash's form.
   *
   * @throws IllegalArgumentException when {@code hex} is not a hash of this algorithm; the message
   *     says why
   */
  public Checksum {
    hex = hex.strip().toLowerCase(Locale.ROOT);
    if (hex.length() != algorithm.hexLength()) {
      throw new IllegalArgumentException(
          "a "
              + algorithm.label()
              + " has "
              + algorithm.hexLength()
              + " hexadecimal digits, this has "
              + hex.length());
    }
    if (!Chars.all(hex, HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("not hexadecimal");
    }
  }

  /**
   * Reads {@code algo:hex}, or a hash alone, whose length determines the algorithm.
   *
   * @throws IllegalArgumentException when it is neither; the message says why
   */
  public static Checksum parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      Algorithm algorithm =
          Algorithm.ofHexLength(text.strip().length())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no known hash has " + text.strip().length() + " digits"));
      return new Checksum(algorithm, text);
    }
    Algorithm algorithm =
        Algorithm.named(text.substring(0, colon))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown hash; known are sha512, sha256, sha1, md5, crc32c"));
    return new Checksum(algorithm, text.substring(colon + 1));
  }

  /** Returns these hashes with a blank between them. */
  public static String joined(List<Checksum> hashes) {
    return hashes.isEmpty()
        ? ""
        : hashes.stream().map(Checksum::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return algorithm.label() + ":" + hex;
  }
}
