package dev.bulkdl.http;

import dev.bulkdl.model.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Whose certificates are believed: the system's, those of a PEM file, or anybody's. */
public final class Trust {

  private Trust() {}

  /**
   * Certificates and host names are checked by the JDK's own rules, whichever library encrypts.
   *
   * @param library asked for at the first connection
   * @throws IOException when the PEM file cannot be read or holds no certificate; the message names
   *     it
   */
  static LazySslContext tls(HttpSettings settings, Supplier<TlsLibrary> library)
      throws IOException {
    Optional<KeyStore> own =
        settings.cacert().isPresent()
            ? Optional.of(store(settings.cacert().get()))
            : Optional.empty();
    return new LazySslContext(
        settings.insecure(),
        () -> {
          TlsLibrary by = library.get();
          SSLContext context =
              by.provider().isPresent()
                  ? SSLContext.getInstance("TLS", by.provider().get())
                  : SSLContext.getInstance("TLS");
          context.init(
              null,
              settings.insecure() ? SslContextFactory.TRUST_ALL_CERTS : trustManagers(own),
              null);
          return new LazySslContext.Ready(by.name(), context);
        });
  }

  /**
   * @param own believed in place of the system's
   */
  private static TrustManager[] trustManagers(Optional<KeyStore> own)
      throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(own.orElse(null));
    return Arrays.stream(managers.getTrustManagers())
        .map(Trust::forAnyProvider)
        .toArray(TrustManager[]::new);
  }

  private static TrustManager forAnyProvider(TrustManager manager) {
    return manager instanceof X509ExtendedTrustManager jdk ? new JdkTrustManager(jdk) : manager;
  }

  /**
   * Reads a file of certificates, to find out whether it can be used.
   *
   * @throws IOException when it cannot be read or holds no certificate; the message names it
   */
  public static void check(Path pem) throws IOException {
    store(pem);
  }

  private static KeyStore store(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException(pem + " holds no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
      return store;
    } catch (CertificateException e) {
      throw new IOException(pem + " is no file of PEM certificates: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IOException("certificates cannot be held: " + e.getMessage(), e);
    }
  }
}
