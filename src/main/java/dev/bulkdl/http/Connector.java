package dev.bulkdl.http;

import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that distinguish a reset from an end and decrypt into large buffers. Measures
 * the time of each TCP connect. Thread-safe.
 */
final class Connector extends ClientConnector {

  private final LazySslContext tls;
  private final IntSupplier encryptedBytes;
  private final Predicate<Map<String, Object>> negotiates;
  private final IntSupplier receiveBytes;
  private final AtomicInteger open = new AtomicInteger();
  private final ConnectTimer timer = new ConnectTimer();

  /**
   * @param encryptedBytes the largest read of a TLS connection from the network, in bytes
   * @param negotiates whether a TLS connection asks for HTTP/2
   * @param receiveBytes the receive buffer of a new socket; 0 for the system's
   */
  Connector(
      LazySslContext tls,
      IntSupplier encryptedBytes,
      Predicate<Map<String, Object>> negotiates,
      IntSupplier receiveBytes) {
    this.tls = tls;
    this.encryptedBytes = encryptedBytes;
    this.negotiates = negotiates;
    this.receiveBytes = receiveBytes;
    setSslContextFactory(tls);
    addEventListener(timer);
  }

  /** Jetty asks for each new socket, before it connects. */
  @Override
  public int getReceiveBufferSize() {
    int bytes = receiveBytes.getAsInt();
    return bytes > 0 ? bytes : super.getReceiveBufferSize();
  }

  @Override
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    open.incrementAndGet();
    SocketChannel socket = (SocketChannel) channel;
    return new ResetAwareEndPoint(
        socket, selector, key, getScheduler(), timer.elapsed(socket), open::decrementAndGet);
  }

  /** The number of open connections, idle ones included. */
  int open() {
    return open.get();
  }

  @Override
  public ClientConnectionFactory newSslClientConnectionFactory(
      SslContextFactory.@Nullable Client context, ClientConnectionFactory wrapped) {
    ClientConnectionFactory inner = new NegotiatedTls(getExecutor(), negotiates, wrapped);
    return new CoalescingTls(tls, encryptedBytes, getByteBufferPool(), getExecutor(), inner);
  }

  /** Keeps the start of each TCP connect, from the connector's own events. */
  private static final class ConnectTimer implements ConnectListener {

    private final Map<SocketChannel, Long> startTimes = new ConcurrentHashMap<>();

    @Override
    public void onConnectBegin(SocketChannel channel, SocketAddress address) {
      startTimes.put(channel, System.nanoTime());
    }

    @Override
    public void onConnectFailure(SocketChannel channel, SocketAddress address, Throwable failure) {
      startTimes.remove(channel);
    }

    /** Returns the time of a connect that has just succeeded. */
    Optional<Duration> elapsed(SocketChannel channel) {
      return Optional.ofNullable(startTimes.remove(channel))
          .map(start -> Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
