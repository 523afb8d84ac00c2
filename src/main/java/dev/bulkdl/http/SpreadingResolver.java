package dev.bulkdl.http;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Starts each connection with the next address of a host, so that many connections spread over all
 * its addresses. The other addresses follow in turn in case one does not respond. Addresses of the
 * family (IPv4 or IPv6) that the system does not prefer come last, because they can be unreachable
 * here. Thread-safe.
 */
record SpreadingResolver(SocketAddressResolver resolver, AtomicInteger turn)
    implements SocketAddressResolver {

  SpreadingResolver(SocketAddressResolver resolver) {
    this(resolver, new AtomicInteger());
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    resolver.resolve(
        host,
        port,
        context,
        Promise.from(found -> promise.succeeded(rotated(found)), promise::failed));
  }

  private List<InetSocketAddress> rotated(List<InetSocketAddress> found) {
    Class<?> preferred = found.getFirst().getAddress().getClass();
    List<InetSocketAddress> addresses = new ArrayList<>(found);
    addresses.removeIf(address -> !preferred.isInstance(address.getAddress()));
    Collections.rotate(addresses, -Math.floorMod(turn.getAndIncrement(), addresses.size()));
    found.stream()
        .filter(address -> !preferred.isInstance(address.getAddress()))
        .forEach(addresses::add);
    return addresses;
  }
}
