package dev.bulkdl.http;

import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that tell a reset from an end, and decrypt into large buffers; times each TCP
 * connect.
 */
final class Connector extends ClientConnector {

  private final LateTls tls;
  private final IntSupplier encryptedBytes;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param encryptedBytes how much a TLS connection may read from the network at once
   * @param connected is told how long each TCP connect took
   */
  Connector(LateTls tls, IntSupplier encryptedBytes, Consumer<Duration> connected) {
    this.tls = tls;
    this.encryptedBytes = encryptedBytes;
    setSslContextFactory(tls);
    addEventListener(new ConnectTimer(connected));
  }

  @Override
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    open.incrementAndGet();
    return new TellingEndPoint(
        (SocketChannel) channel, selector, key, getScheduler(), open::decrementAndGet);
  }

  /** How many connections are open now, idle ones included. */
  int open() {
    return open.get();
  }

  @Override
  public ClientConnectionFactory newSslClientConnectionFactory(
      SslContextFactory.@Nullable Client context, ClientConnectionFactory wrapped) {
    return new GatheringTls(tls, encryptedBytes, getByteBufferPool(), getExecutor(), wrapped);
  }

  /** From the connector's own events. */
  private record ConnectTimer(Consumer<Duration> connected, Map<SocketChannel, Long> begun)
      implements ConnectListener {

    ConnectTimer(Consumer<Duration> connected) {
      this(connected, new ConcurrentHashMap<>());
    }

    @Override
    public void onConnectBegin(SocketChannel channel, SocketAddress address) {
      begun.put(channel, System.nanoTime());
    }

    @Override
    public void onConnectSuccess(SocketChannel channel) {
      Long start = begun.remove(channel);
      if (start != null) {
        connected.accept(Duration.ofNanos(System.nanoTime() - start));
      }
    }

    @Override
    public void onConnectFailure(SocketChannel channel, SocketAddress address, Throwable failure) {
      begun.remove(channel);
    }
  }
}
