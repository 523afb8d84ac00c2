package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpSenderOverHTTP;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.client.transport.internal.HTTPSessionListenerPromise;
import org.eclipse.jetty.http2.client.transport.internal.HttpChannelOverHTTP2;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seven classes of ours replace parts of Jetty and rely on how the classes around them work. When
 * an upgrade changes the code of one of those, this test fails: read the change, check our class
 * and its tests, and put the new hash here.
 */
class ReplacedJettyPartsTest {

  private static Arguments part(Class<?> ours, Class<?> jetty, String sha256) {
    return Arguments.of(ours.getSimpleName(), jetty, sha256);
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        part(ReusableConnection.class, HttpConnectionOverHTTP.class, "dbcca9fd8b141d0b"),
        part(ReusableConnection.class, HttpChannelOverHTTP.class, "e69430f0a01bed48"),
        part(ReusableConnection.class, HttpReceiverOverHTTP.class, "1d8b6b66168bb762"),
        part(ReusableConnection.class, HttpSenderOverHTTP.class, "dffd074b79a27169"),
        part(BoundedConnectionPool.class, AbstractConnectionPool.class, "e5f489551283fef4"),
        part(BoundedConnectionPool.class, DuplexConnectionPool.class, "0e8c15ed651635cc"),
        part(ResetAwareEndPoint.class, SelectableChannelEndPoint.class, "5a5dfd2d3028ad9c"),
        part(ResetAwareEndPoint.class, SocketChannelEndPoint.class, "2b45f3d10357b0b2"),
        part(CoalescingTls.class, SslClientConnectionFactory.class, "225dae8dc2f669b5"),
        part(CoalescingTls.class, SslConnection.class, "1de6a67107e90c85"),
        part(LazySslContext.class, SslContextFactory.class, "4a5a767b8a44de26"),
        part(LazySslContext.class, SslContextFactory.Client.class, "b360a9557b013cdc"),
        part(Http2Connection.class, HttpConnectionOverHTTP2.class, "599f9141678c5aa8"),
        part(Http2Connection.class, HttpChannelOverHTTP2.class, "9c30156d8c3591d2"),
        part(Http2Connection.class, HTTPSessionListenerPromise.class, "5b4655913e66c3d9"),
        part(Http2Connection.class, HTTP2Session.class, "33bceb2d84c9c7d0"),
        part(MultiplexedPool.class, AbstractConnectionPool.class, "e5f489551283fef4"),
        part(MultiplexedPool.class, MultiplexConnectionPool.class, "3438fa85c9c2a3e6"));
  }

  @ParameterizedTest(name = "{0} relies on {1}")
  @MethodSource("parts")
  void theCodeThatOursReliesOnIsTheReviewedOne(String ours, Class<?> jetty, String reviewed)
      throws IOException, NoSuchAlgorithmException {
    String name = "/" + jetty.getName().replace('.', '/') + ".class";
    try (InputStream code = jetty.getResourceAsStream(name)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.readAllBytes());
      assertThat(HexFormat.of().formatHex(hash, 0, 8))
          .as("%s has changed; review http/%s, then put its new hash here", jetty.getName(), ours)
          .isEqualTo(reviewed);
    }
  }
}
