package dev.bulkdl.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * TLS connections that read as many records at once as have come, and decrypt them into one buffer:
 * a read from the network and a write to disk of each record's 16 KiB cost much more than large
 * ones.
 */
final class CoalescingTls extends SslClientConnectionFactory {

  private static final int RECORD_HEADER = 5;

  private final LazySslContext tls;
  private final IntSupplier encryptedBytes;

  /**
   * @param encryptedBytes how much may be read from the network at once
   */
  CoalescingTls(
      LazySslContext tls,
      IntSupplier encryptedBytes,
      ByteBufferPool buffers,
      Executor executor,
      ClientConnectionFactory wrapped) {
    super(tls, buffers, executor, wrapped);
    this.tls = tls;
    this.encryptedBytes = encryptedBytes;
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
    if (endPoint instanceof ResetAwareEndPoint telling) {
      connection.addHandshakeListener(telling);
    }
    return connection;
  }

  /** Whether a whole record is there, by the length in its header (RFC 8446 §5.1). */
  static boolean holdsRecord(ByteBuffer encrypted) {
    return encrypted.remaining() >= RECORD_HEADER
        && encrypted.remaining()
            >= RECORD_HEADER + Short.toUnsignedInt(encrypted.getShort(encrypted.position() + 3));
  }

  /** Gives larger buffers than are asked for, so that one read brings many records. */
  private static final class Roomy extends ByteBufferPool.Wrapper {
    private final int least;

    Roomy(ByteBufferPool wrapped, int least) {
      super(wrapped);
      this.least = least;
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
      return super.acquire(Math.max(size, least), direct);
    }
  }

  private final class Gathering extends SslConnection {

    Gathering(EndPoint endPoint, SSLEngine engine) {
      super(
          new Roomy(getByteBufferPool(), encryptedBytes.getAsInt()),
          CoalescingTls.this.getExecutor(),
          getSslContextFactory(),
          endPoint,
          engine,
          isDirectBuffersForEncryption(),
          isDirectBuffersForDecryption());
    }

    /** The network is asked again only when no whole record is left of what it gave. */
    @Override
    protected int networkFill(ByteBuffer input) throws IOException {
      return holdsRecord(input) ? 0 : super.networkFill(input);
    }

    @Override
    protected SslEndPoint newSslEndPoint() {
      return new Decrypted();
    }

    private final class Decrypted extends SslEndPoint {

      /** What ended the connection behind bytes that were still to be delivered. */
      private @Nullable IOException later;

      private boolean ended;

      @Override
      public int fill(ByteBuffer buffer) throws IOException {
        if (later != null) {
          throw later;
        }
        if (ended) {
          return -1;
        }
        int total = super.fill(buffer);
        for (int more = total; more > 0 && BufferUtil.space(buffer) > room(); ) {
          more = fillMore(buffer);
          ended = more < 0; // close_notify: not to be asked for again, when the end itself has come
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
