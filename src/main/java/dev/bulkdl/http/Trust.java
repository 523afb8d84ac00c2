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
import java.util.Collection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Whose certificates are believed: the system's, those of a PEM file, or anybody's. */
public final class Trust {

  private Trust() {}

  /**
   * @throws IOException when the PEM file cannot be read or holds no certificate; the message names
   *     it
   */
  static SslContextFactory.Client sslContextFactory(HttpSettings settings) throws IOException {
    SslContextFactory.Client factory = new SslContextFactory.Client(settings.insecure());
    if (settings.insecure()) {
      factory.setEndpointIdentificationAlgorithm(null);
    } else if (settings.cacert().isPresent()) {
      factory.setTrustStore(store(settings.cacert().get()));
    }
    return factory;
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
