package dev.bulkdl.http;

import dev.bulkdl.settings.HttpSettings;
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

/** Decides which certificates are trusted: the system's, those of a PEM file, or any. */
public final class Trust {

  private Trust() {}

  /**
   * Returns a TLS context. The JDK's own rules check certificates and host names, whatever library
   * encrypts.
   *
   * @param library the TLS library, requested at the first connection
   * @throws IOException if the PEM file cannot be read or contains no certificate; the message
   *     names it
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
   * @param own the trusted certificates; empty for the system's
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
   * Returns a TLS context of the JDK that trusts these certificates only.
   *
   * @throws IOException if the file cannot be read or contains no certificate; the message names it
   */
  public static SSLContext only(Path pem) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(Optional.of(store(pem))), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that a file of certificates can be used.
   *
   * @throws IOException if it cannot be read or contains no certificate; the message names it
   */
  public static void check(Path pem) throws IOException {
    store(pem);
  }

  private static KeyStore store(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException(pem + " contains no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
      return store;
    } catch (CertificateException e) {
      throw new IOException(pem + " is not a file of PEM certificates: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IOException("certificates cannot be stored: " + e.getMessage(), e);
    }
  }
}
