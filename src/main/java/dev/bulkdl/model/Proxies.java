package dev.bulkdl.model;

import java.util.Optional;

/** A proxy for each scheme, and the hosts that are reached without one. */
public record Proxies(Optional<Proxy> http, Optional<Proxy> https, NoProxy direct) {

  /** No proxy at all. */
  public static final Proxies NONE =
      new Proxies(Optional.empty(), Optional.empty(), NoProxy.parse(""));

  /** Returns the proxy for requests to this origin. */
  public Optional<Proxy> to(Origin origin) {
    Optional<Proxy> proxy = origin.scheme().equals("https") ? https : http;
    return proxy.filter(ignored -> !direct.covers(origin));
  }
}
