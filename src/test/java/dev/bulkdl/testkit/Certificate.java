package dev.bulkdl.testkit;

import java.nio.file.Path;
import java.security.KeyStore;

/** What an https server shows. All are signed by one authority, which {@link #authority} holds. */
public enum Certificate {
  /** For 127.0.0.1 and localhost. */
  GOOD("san=ip:127.0.0.1,dns:localhost", "-1d", 36_500),
  /** For 127.0.0.1, in the past. */
  EXPIRED("san=ip:127.0.0.1,dns:localhost", "-20d", 10),
  /** In time, for elsewhere.example. */
  WRONG_HOST("san=dns:elsewhere.example", "-1d", 36_500);

  final String extension;
  final String start;
  final int days;

  Certificate(String extension, String start, int days) {
    this.extension = extension;
    this.start = start;
    this.days = days;
  }

  /** A PEM file of the authority's certificate: what {@code --cacert} takes. */
  public static Path authority() {
    return Certificates.get().authority();
  }

  /** A PEM file of this certificate and its authority's. */
  public Path pem() {
    return Certificates.get().chainPem(this);
  }

  /** A PEM file of this certificate's private key. */
  public Path keyPem() {
    return Certificates.get().keyPem(this);
  }

  /** A key store of this one entry. */
  public KeyStore keyStore() {
    return Certificates.get().keyStore(this);
  }

  /** Any key store's password. */
  public static String password() {
    return Certificates.PASSWORD;
  }
}
