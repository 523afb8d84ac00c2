package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates the certificates with the JDK's keytool at the first use, once per JVM. */
final class Certificates {
  static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final KeyStore store;

  private Certificates() throws IOException, GeneralSecurityException {
    folder = Files.createTempDirectory("bulkdl-certificates");
    Path file = folder.resolve("store.p12");
    keytool(
        file,
        AUTHORITY,
        "-dname",
        "CN=bulkdl test authority",
        "-ext",
        "bc:c",
        "-validity",
        "36500");
    for (Certificate certificate : Certificate.values()) {
      keytool(
          file,
          alias(certificate),
          "-dname",
          "CN=" + alias(certificate),
          "-signer",
          AUTHORITY,
          "-ext",
          certificate.extension,
          "-startdate",
          certificate.start,
          "-validity",
          Integer.toString(certificate.days));
    }
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Files.delete(file);
    folder.toFile().deleteOnExit();
  }

  static Certificates get() {
    return Holder.INSTANCE;
  }

  Path authority() {
    return asking(() -> pem("authority.pem", List.of(block(store.getCertificate(AUTHORITY)))));
  }

  Path chainPem(Certificate certificate) {
    return asking(
        () -> {
          List<String> blocks = new ArrayList<>();
          for (var link : store.getCertificateChain(alias(certificate))) {
            blocks.add(block(link));
          }
          return pem(alias(certificate) + ".pem", blocks);
        });
  }

  Path keyPem(Certificate certificate) {
    return asking(
        () -> {
          var key = store.getKey(alias(certificate), PASSWORD.toCharArray());
          return pem(alias(certificate) + ".key", List.of(block("PRIVATE KEY", key.getEncoded())));
        });
  }

  KeyStore keyStore(Certificate certificate) {
    return asking(
        () -> {
          char[] password = PASSWORD.toCharArray();
          String alias = alias(certificate);
          KeyStore one = KeyStore.getInstance("PKCS12");
          one.load(null, password);
          one.setKeyEntry(
              alias, store.getKey(alias, password), password, store.getCertificateChain(alias));
          return one;
        });
  }

  SSLContext trusting() {
    return asking(
        () -> {
          KeyStore one = KeyStore.getInstance("PKCS12");
          one.load(null, null);
          one.setCertificateEntry(AUTHORITY, store.getCertificate(AUTHORITY));
          TrustManagerFactory trust =
              TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
          trust.init(one);
          SSLContext context = SSLContext.getInstance("TLS");
          context.init(null, trust.getTrustManagers(), null);
          return context;
        });
  }

  /** Returns a factory for server sockets with this certificate. */
  static ServerSocketFactory serverSockets(Certificate certificate) {
    return asking(
        () -> {
          KeyManagerFactory keys =
              KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
          keys.init(certificate.keyStore(), PASSWORD.toCharArray());
          SSLContext context = SSLContext.getInstance("TLS");
          context.init(keys.getKeyManagers(), null, null);
          return context.getServerSocketFactory();
        });
  }

  /** Writes a file once: another test may read it while this one asks for it. */
  private synchronized Path pem(String name, List<String> blocks) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.write(file, blocks);
      file.toFile().deleteOnExit();
    }
    return file;
  }

  private static String block(java.security.cert.Certificate certificate)
      throws GeneralSecurityException {
    return block("CERTIFICATE", certificate.getEncoded());
  }

  private static String block(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----".formatted(type, text, type);
  }

  private static void keytool(Path store, String alias, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-alias", alias));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("keytool: " + output);
    }
  }

  private static String alias(Certificate certificate) {
    return certificate.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Question<T> {
    T ask() throws IOException, GeneralSecurityException;
  }

  private static final class Holder {
    static final Certificates INSTANCE = asking(Certificates::new);
  }
}
