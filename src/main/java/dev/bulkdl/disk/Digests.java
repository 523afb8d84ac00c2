package dev.bulkdl.disk;

import dev.bulkdl.model.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The message digests that every Java platform provides. */
public final class Digests {

  private Digests() {}

  static MessageDigest of(Algorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.standardName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm.standardName() + " is missing here", e);
    }
  }

  /** Returns the SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal. */
  public static String sha256(String text) {
    byte[] hash = of(Algorithm.SHA256).digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
