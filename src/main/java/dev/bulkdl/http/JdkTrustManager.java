package dev.bulkdl.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's certificate checks for another provider's handshakes. In TLS 1.3 a key exchange has no
 * name of its own, and the two use different words for it.
 */
final class JdkTrustManager extends X509ExtendedTrustManager {

  private static final String NATIVE_NAME = "GENERIC";
  private static final String JDK_NAME = "UNKNOWN";

  private final X509ExtendedTrustManager jdk;

  JdkTrustManager(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  private static String inJdk(String keyExchange) {
    return keyExchange.equals(NATIVE_NAME) ? JDK_NAME : keyExchange;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    jdk.checkServerTrusted(chain, inJdk(keyExchange), engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    jdk.checkServerTrusted(chain, inJdk(keyExchange), socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    throw new CertificateException("a host name cannot be checked without an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, inJdk(keyExchange), engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, inJdk(keyExchange), socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyExchange)
      throws CertificateException {
    jdk.checkClientTrusted(chain, inJdk(keyExchange));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
