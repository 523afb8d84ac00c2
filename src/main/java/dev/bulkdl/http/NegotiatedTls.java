package dev.bulkdl.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.alpn.client.ALPNClientConnection;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/**
 * Lets the server choose between HTTP/2 and HTTP/1.1 in the TLS handshake (ALPN, RFC 7301), where
 * HTTP/2 is wanted. It uses the JDK's interface, which Conscrypt has too: Jetty's own factories
 * need one library for each TLS library, and search the class path for each connection.
 */
final class NegotiatedTls extends ClientConnectionFactory.Wrapper {

  static final String HTTP_2 = "h2";
  private static final List<String> PROTOCOLS = List.of(HTTP_2, "http/1.1");

  private final Executor executor;
  private final Predicate<Map<String, Object>> wanted;

  /**
   * @param wanted whether a connection with this context asks for HTTP/2
   */
  NegotiatedTls(
      Executor executor, Predicate<Map<String, Object>> wanted, ClientConnectionFactory wrapped) {
    super(wrapped);
    this.executor = executor;
    this.wanted = wanted;
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    return endPoint instanceof SslConnection.SslEndPoint tls && wanted.test(context)
        ? negotiating(tls, context)
        : getWrapped().newConnection(endPoint, context);
  }

  private Connection negotiating(SslConnection.SslEndPoint endPoint, Map<String, Object> context) {
    SSLEngine engine = endPoint.getSslConnection().getSSLEngine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(PROTOCOLS.toArray(String[]::new));
    engine.setSSLParameters(parameters);
    ALPNClientConnection connection =
        new ALPNClientConnection(endPoint, executor, getWrapped(), engine, context, PROTOCOLS);
    endPoint
        .getSslConnection()
        .addHandshakeListener(
            new SslHandshakeListener() {
              @Override
              public void handshakeSucceeded(Event event) {
                connection.selected(chosen(engine));
              }
            });
    return customize(connection, context);
  }

  /** Returns the chosen protocol. A server without ALPN chooses none, which means HTTP/1.1. */
  private static String chosen(SSLEngine engine) {
    return HTTP_2.equals(engine.getApplicationProtocol()) ? HTTP_2 : "http/1.1";
  }
}
