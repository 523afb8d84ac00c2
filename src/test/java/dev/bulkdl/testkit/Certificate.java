package dev.bulkdl.testkit;

import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;

/**
 * The certificates of https servers. One authority signed all of them; {@link #authority} returns
 * it.
 */
public enum Certificate {
  /** For 127.0.0.1 and localhost. */
  GOOD("san=ip:127.0.0.1,dns:localhost", "-1d", 36_500),
  /** For 127.0.0.1, expired. */
  EXPIRED("san=ip:127.0.0.1,dns:localhost", "-20d", 10),
  /** Valid now, but for elsewhere.example. */
  WRONG_HOST("san=dns:elsewhere.example", "-1d", 36_500);

  final String extension;
  final String start;
  final int days;

  Certificate(String extension, String start, int days) {
    this.extension = extension;
    this.start = start;
    this.days = days;
  }

  /** Returns a PEM file with the authority's certificate, as {@code --cacert} needs it. */
  public static Path authority() {
    return Certificates.get().authority();
  }

  /** Returns what a client needs to trust the authority, and nobody else. */
  public static SSLContext trusting() {
    return Certificates.get().trusting();
  }

  /** Returns a PEM file with this certificate and its authority's. */
  public Path pem() {
    return Certificates.get().chainPem(this);
  }

  /** Returns a PEM file with this certificate's private key. */
  public Path keyPem() {
    return Certificates.get().keyPem(this);
  }

  /** Returns a key store with this single entry. */
  public KeyStore keyStore() {
    return Certificates.get().keyStore(this);
  }

  /** Returns the password of every key store. */
  public static String password() {
    return Certificates.PASSWORD;
  }
}
