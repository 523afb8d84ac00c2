package dev.bulkdl.http;

import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import org.eclipse.jetty.client.Authentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The route through one proxy: requests in absolute form for http, a CONNECT tunnel for https (RFC
 * 9110, 9.3.6).
 */
final class ProxyRoute extends HttpProxy implements Authentication.Result {

  private final Proxy proxy;
  private final Proxies proxies;

  private ProxyRoute(Proxy proxy, Proxies proxies) {
    super(new Origin.Address(proxy.host(), proxy.port()), proxy.secure());
    this.proxy = proxy;
    this.proxies = proxies;
  }

  /**
   * Adds the proxies to the client. Credentials are sent only to their proxy, without waiting for a
   * challenge.
   */
  static void addAll(Proxies proxies, HttpClient client) {
    proxies.http().ifPresent(proxy -> add(new ProxyRoute(proxy, proxies), client));
    if (!proxies.http().equals(proxies.https())) {
      proxies.https().ifPresent(proxy -> add(new ProxyRoute(proxy, proxies), client));
    }
  }

  private static void add(ProxyRoute route, HttpClient client) {
    client.getProxyConfiguration().addProxy(route);
    if (route.proxy.userInfo().isPresent()) {
      client.getAuthenticationStore().addAuthenticationResult(route);
    }
  }

  /** Adds the credentials for the proxy. */
  @Override
  public void apply(Request request) {
    proxy
        .userInfo()
        .map(Credentials::basic)
        .ifPresent(
            basic ->
                request.headers(headers -> headers.put(HttpHeader.PROXY_AUTHORIZATION, basic)));
  }

  @Override
  public boolean matches(Origin origin) {
    Origin.Address to = origin.getAddress();
    return super.matches(origin)
        && proxies
            .to(new dev.bulkdl.model.Origin(origin.getScheme(), to.getHost(), to.getPort()))
            .filter(proxy::equals)
            .isPresent();
  }
}
