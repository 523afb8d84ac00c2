package dev.bulkdl.http;

import dev.bulkdl.log.MutedLogger;
import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * Who encrypts: a native library, which takes less CPU, or the JDK.
 *
 * @param provider empty for the JDK's own
 * @param name with its version, for people
 */
record TlsLibrary(Optional<Provider> provider, String name) {

  /** The native one where there is one for this system, else the JDK. */
  static TlsLibrary fastest() {
    MutedLogger muted = MutedLogger.of("org.conscrypt");
    try (muted) {
      return Conscrypt.isAvailable()
          ? new TlsLibrary(
              Optional.of(Conscrypt.newProvider()), "Conscrypt " + text(Conscrypt.version()))
          : ofJdk();
    }
  }

  static TlsLibrary ofJdk() {
    return new TlsLibrary(Optional.empty(), "the JDK " + Runtime.version());
  }

  private static String text(Conscrypt.Version version) {
    return version.major() + "." + version.minor() + "." + version.patch();
  }
}
