package dev.bulkdl.serve.user;

import dev.bulkdl.disk.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes random secrets and the hashes that are stored in their place. A secret of 256 bits needs no
 * slow hash.
 */
public final class Secrets {

  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 10;

  private final SecureRandom random = new SecureRandom();

  /** Returns 256 random bits as text. */
  String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  /** Returns an id that nobody guesses. */
  public String id() {
    return HexFormat.of().formatHex(bytes(ID_BYTES));
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns the SHA-256 of a text, in hexadecimal digits. */
  public static String hash(String secret) {
    return Digests.sha256(secret);
  }

  /** Compares in a time that does not depend on where the texts differ. */
  public static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
