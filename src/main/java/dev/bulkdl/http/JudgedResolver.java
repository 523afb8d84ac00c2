package dev.bulkdl.http;

import dev.bulkdl.model.Proxies;
import dev.bulkdl.settings.AddressPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Leaves out the addresses that may not be connected to. It judges what a connection is opened to,
 * after each look-up and each redirect, so no spelling and no second answer of a name server leads
 * around it. Thread-safe.
 */
final class JudgedResolver implements SocketAddressResolver {

  private final SocketAddressResolver resolver;
  private final Proxies proxies;
  private final Set<Integer> ownPorts = ConcurrentHashMap.newKeySet();
  private volatile AddressPolicy policy = AddressPolicy.OPEN;

  /**
   * @param proxies those of the settings, which may be anywhere
   */
  JudgedResolver(SocketAddressResolver resolver, Proxies proxies) {
    this.resolver = resolver;
    this.proxies = proxies;
  }

  /** Judges by these rules from now on. */
  void judgeBy(AddressPolicy rules) {
    policy = rules;
  }

  /** Never leads to this port of this machine. */
  void forbidOwn(int port) {
    ownPorts.add(port);
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
        Promise.from(found -> judge(host, port, found, promise), promise::failed));
  }

  private void judge(
      String host,
      int port,
      List<InetSocketAddress> found,
      Promise<List<InetSocketAddress>> promise) {
    List<InetSocketAddress> good = new ArrayList<>();
    String why = "";
    for (InetSocketAddress address : found) {
      Optional<String> refusal =
          isProxy(host, port) ? Optional.empty() : refusal(address.getAddress(), port);
      if (refusal.isPresent()) {
        why = address.getAddress().getHostAddress() + " is " + refusal.get();
      } else {
        good.add(address);
      }
    }
    if (good.isEmpty() && !why.isEmpty()) {
      promise.failed(new ForbiddenAddressException(why));
    } else {
      promise.succeeded(good);
    }
  }

  private boolean isProxy(String host, int port) {
    return Stream.concat(proxies.http().stream(), proxies.https().stream())
        .anyMatch(proxy -> proxy.host().equals(host) && proxy.port() == port);
  }

  /** Returns what is wrong with an address; empty if it may be connected to. */
  Optional<String> refusal(InetAddress address, int port) {
    return ownPorts.contains(port) && isOwn(address)
        ? Optional.of("this program itself")
        : policy.refusal(address);
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
