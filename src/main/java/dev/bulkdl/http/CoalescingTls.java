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
 * TLS connections that read all records that have arrived at once, and decrypt them into one
 * buffer. A separate read and a separate write to the disk for each record of 16 KiB would cost
 * much more.
 */
final class CoalescingTls extends SslClientConnectionFactory {

  private static final int RECORD_HEADER = 5;

  private final LazySslContext tls;
  private final IntSupplier encryptedBytes;

  /**
   * @param encryptedBytes the largest read from the network, in bytes
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
    SslConnection connection = new CoalescingConnection(endPoint, engine);
    if (endPoint instanceof ResetAwareEndPoint aware) {
      connection.addHandshakeListener(aware);
    }
    return connection;
  }

  /** Whether the buffer holds a whole record, by the length in its header (RFC 8446, 5.1). */
  static boolean holdsRecord(ByteBuffer encrypted) {
    return encrypted.remaining() >= RECORD_HEADER
        && encrypted.remaining()
            >= RECORD_HEADER + Short.toUnsignedInt(encrypted.getShort(encrypted.position() + 3));
  }

  /** Returns larger buffers than requested, so that one read returns many records. */
  private static final class LargeBuffers extends ByteBufferPool.Wrapper {
    private final int minimum;

    LargeBuffers(ByteBufferPool wrapped, int minimum) {
      super(wrapped);
      this.minimum = minimum;
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
      return super.acquire(Math.max(size, minimum), direct);
    }
  }

  private final class CoalescingConnection extends SslConnection {

    CoalescingConnection(EndPoint endPoint, SSLEngine engine) {
      super(
          new LargeBuffers(getByteBufferPool(), encryptedBytes.getAsInt()),
          CoalescingTls.this.getExecutor(),
          getSslContextFactory(),
          endPoint,
          engine,
          isDirectBuffersForEncryption(),
          isDirectBuffersForDecryption());
    }

    /** Reads from the network only if the buffer holds no whole record. */
    @Override
    protected int networkFill(ByteBuffer input) throws IOException {
      return holdsRecord(input) ? 0 : super.networkFill(input);
    }

    @Override
    protected SslEndPoint newSslEndPoint() {
      return new DecryptedEndPoint();
    }

    private final class DecryptedEndPoint extends SslEndPoint {

      /** The failure of a read behind bytes that are not delivered yet. */
      private @Nullable IOException laterFailure;

      private boolean ended;

      @Override
      public int fill(ByteBuffer buffer) throws IOException {
        if (laterFailure != null) {
          throw laterFailure;
        }
        if (ended) {
          return -1;
        }
        int total = super.fill(buffer);
        for (int more = total; more > 0 && BufferUtil.space(buffer) > room(); ) {
          more = fillMore(buffer);
          ended = more < 0; // close_notify: do not read again after the end
          total += Math.max(more, 0);
        }
        return total;
      }

      private int fillMore(ByteBuffer buffer) {
        try {
          return super.fill(buffer);
        } catch (IOException e) {
          laterFailure = e;
          return 0;
        }
      }

      /** With less space than this, the engine would decrypt a record into a buffer of its own. */
      private int room() {
        return getSSLEngine().getSession().getApplicationBufferSize();
      }
    }
  }
}
