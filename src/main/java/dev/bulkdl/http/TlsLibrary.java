package dev.bulkdl.http;

import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/** Encryption by a native library, which takes less CPU than the JDK's own. */
final class NativeTls {

  private NativeTls() {}

  /** Empty where there is no library for this system. */
  static Optional<Provider> provider() {
    return Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();
  }

  /** Who encrypts here, with its version. */
  static String name() {
    return Conscrypt.isAvailable()
        ? "Conscrypt " + version(Conscrypt.version())
        : "the JDK " + Runtime.version();
  }

  private static String version(Conscrypt.Version version) {
    return version.major() + "." + version.minor() + "." + version.patch();
  }
}
