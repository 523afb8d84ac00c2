package dev.bulkdl.disk;

import dev.bulkdl.log.MutedLogger;
import dev.bulkdl.model.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.HexFormat;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/** The message digests of the JDK and of the native library. */
public final class Digests {

  private Digests() {}

  /**
   * The native library, loaded with the first content that is hashed. The JDK's digests are as fast
   * only as its optimizing compiler has them, which most runs do without: else 60 MiB/s.
   */
  private static final class Native {
    static final Optional<Provider> PROVIDER = provider();

    private static Optional<Provider> provider() {
      MutedLogger muted = MutedLogger.of("org.conscrypt");
      try (muted) {
        return Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();
      }
    }
  }

  /** Returns a digest for content of any length, a native one where the system has it. */
  static MessageDigest forContent(Algorithm algorithm) {
    return of(algorithm, Native.PROVIDER);
  }

  /** Returns the SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal. */
  public static String sha256(String text) {
    MessageDigest digest = of(Algorithm.SHA256, Optional.empty());
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest of(Algorithm algorithm, Optional<Provider> provider) {
    String name = algorithm.standardName();
    try {
      return provider.isPresent()
          ? MessageDigest.getInstance(name, provider.get())
          : MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(name + " is missing here", e);
    }
  }
}
