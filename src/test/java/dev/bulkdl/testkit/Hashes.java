package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Hashes in lower-case hex. */
public final class Hashes {
  private Hashes() {}

  public static String sha256(Path file) {
    return of("SHA-256", file);
  }

  public static String of(String algorithm, Path file) {
    try {
      return of(algorithm, Files.newInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads and closes the stream. The algorithm is MessageDigest's name for it, or crc32c. */
  static String of(String algorithm, InputStream in) {
    try (in) {
      return algorithm.equalsIgnoreCase("crc32c") ? crc32c(in) : digest(algorithm, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String algorithm, InputStream in) throws IOException {
    MessageDigest digest = messageDigest(algorithm);
    byte[] buffer = new byte[64 << 10];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String crc32c(InputStream in) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[64 << 10];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      crc.update(buffer, 0, n);
    }
    return "%08x".formatted(crc.getValue());
  }

  private static MessageDigest messageDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(algorithm, e);
    }
  }
}
