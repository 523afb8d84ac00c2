package dev.bulkdl.http;

import dev.bulkdl.log.MutedLogger;
import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * The TLS library: a native one, which needs less CPU, or the JDK's.
 *
 * @param provider the security provider; empty for the JDK's
 * @param name the name with the version, for messages
 */
record TlsLibrary(Optional<Provider> provider, String name) {

  /** Returns the native library if there is one for this system, else the JDK's. */
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
