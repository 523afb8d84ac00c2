package dev.bulkdl.serve.web;

import dev.bulkdl.text.IoText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate and its key as the usual tools write them. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  /** The kinds of keys, and how each signs. */
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  /** The key store exists in memory only. */
  static final String PASSWORD = "memory";

  private PemFiles() {}

  /**
   * Returns a store with the key and its chain of certificates.
   *
   * @throws IllegalArgumentException that names the file and the way out
   */
  static KeyStore load(Path certificates, Path key) {
    List<Certificate> chain = chain(certificates);
    PrivateKey secret = key(key);
    try {
      if (!belongTogether(secret, chain.getFirst())) {
        throw new IllegalArgumentException(
            key
                + " is not the key of "
                + certificates
                + "; give the two that were made together, with the server's own certificate first"
                + " in its file");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("serve", secret, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          certificates + " and " + key + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static List<Certificate> chain(Path file) {
    List<Certificate> chain;
    try (InputStream in = new ByteArrayInputStream(bytes(file))) {
      chain = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (GeneralSecurityException | IOException e) {
      chain = List.of();
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no certificate that can be read; give a file in the format PEM");
    }
    return chain;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(IoText.of(e), e);
    }
  }

  private static PrivateKey key(Path file) {
    Matcher found = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IllegalArgumentException(
          file
              + " has no key in the format PKCS#8 without a password; make one with"
              + " 'openssl pkcs8 -topk8 -nocrypt -in "
              + file
              + " -out NEW'");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
    for (String algorithm : SIGNATURES.keySet()) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // a key of another kind
      }
    }
    throw new IllegalArgumentException(
        file + " has a key that cannot be read, or of an unknown kind; use one of RSA or EC");
  }

  /** Signs something with the key, and asks the certificate. */
  private static boolean belongTogether(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
    signing.initSign(key);
    signing.update(text);
    byte[] signed = signing.sign();
    try {
      signing.initVerify(certificate.getPublicKey());
      signing.update(text);
      return signing.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false; // of another kind
    }
  }
}
