package dev.bulkdl.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * TLS connections that decrypt as many records into one buffer as have come, since a write to disk
 * of each record's 16 KiB costs much more than a large one.
 */
final class GatheringTls extends SslClientConnectionFactory {

  private final LateTls tls;

  GatheringTls(
      LateTls tls, ByteBufferPool buffers, Executor executor, ClientConnectionFactory wrapped) {
    super(tls, buffers, executor, wrapped);
    this.tls = tls;
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    tls.prepare();
    return super.newConnection(endPoint, context);
  }

  @Override
  protected SslConnection newSslConnection(EndPoint endPoint, SSLEngine engine) {
    SslConnection connection = new Gathering(endPoint, engine);
    if (endPoint instanceof TellingEndPoint telling) {
      connection.addHandshakeListener(telling);
    }
    return connection;
  }

  private final class Gathering extends SslConnection {

    Gathering(EndPoint endPoint, SSLEngine engine) {
      super(
          getByteBufferPool(),
          GatheringTls.this.getExecutor(),
          getSslContextFactory(),
          endPoint,
          engine,
          isDirectBuffersForEncryption(),
          isDirectBuffersForDecryption());
    }

    @Override
    protected SslEndPoint newSslEndPoint() {
      return new Decrypted();
    }

    private final class Decrypted extends SslEndPoint {

      /** What ended the connection behind bytes that were still to be delivered. */
      private @Nullable IOException later;

      @Override
      public int fill(ByteBuffer buffer) throws IOException {
        if (later != null) {
          throw later;
        }
        int total = super.fill(buffer);
        for (int more = total; more > 0 && BufferUtil.space(buffer) > room(); ) {
          more = fillMore(buffer);
          total += Math.max(more, 0);
        }
        return total;
      }

      private int fillMore(ByteBuffer buffer) {
        try {
          return super.fill(buffer);
        } catch (IOException e) {
          later = e;
          return 0;
        }
      }

      /** With less than this, a record would go through a buffer of its own. */
      private int room() {
        return getSSLEngine().getSession().getApplicationBufferSize();
      }
    }
  }
}
