package dev.bulkdl.settings;

import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.text.HeaderField;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of requests, the trusted certificates, and the proxies.
 *
 * @param headers sent to the manifest's own origin of each file only; several of one name are sent
 *     in order. Those that are credentials are sent only where the list has one origin
 * @param scopes the headers for some hosts only, and the origins of the list
 * @param cacert PEM certificates that are trusted in place of the system's
 * @param insecure whether certificates and host names go unchecked
 * @param proxies the proxies, and the hosts that are reached without one
 * @param http2 when requests use HTTP/2
 */
public record HttpSettings(
    List<Map.Entry<String, String>> headers,
    HeaderScopes scopes,
    Optional<Path> cacert,
    boolean insecure,
    Proxies proxies,
    Http2Mode http2) {

  public static final HttpSettings DEFAULTS = new HttpSettings(List.of(), Optional.empty(), false);

  /**
   * @throws IllegalArgumentException when no request can carry one of the headers
   */
  public HttpSettings {
    headers = List.copyOf(headers);
    headers.forEach(header -> HeaderField.check(header.getKey(), header.getValue()));
  }

  /** Settings with HTTP/2 where it pays. */
  public HttpSettings(
      List<Map.Entry<String, String>> headers,
      HeaderScopes scopes,
      Optional<Path> cacert,
      boolean insecure,
      Proxies proxies) {
    this(headers, scopes, cacert, insecure, proxies, Http2Mode.AUTO);
  }

  /** Settings without headers for some hosts only. */
  public HttpSettings(
      List<Map.Entry<String, String>> headers,
      Optional<Path> cacert,
      boolean insecure,
      Proxies proxies) {
    this(headers, HeaderScopes.NONE, cacert, insecure, proxies);
  }

  /** Settings without a proxy. */
  public HttpSettings(
      List<Map.Entry<String, String>> headers, Optional<Path> cacert, boolean insecure) {
    this(headers, cacert, insecure, Proxies.NONE);
  }

  /**
   * Returns these settings with one more header.
   *
   * @throws IllegalArgumentException when no request can carry it
   */
  public HttpSettings withHeader(String name, String value) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry(name, value));
    return new HttpSettings(all, scopes, cacert, insecure, proxies, http2);
  }

  /** Returns these settings with one more header for some hosts only. */
  public HttpSettings withScoped(ScopedHeader header) {
    List<ScopedHeader> all = new ArrayList<>(scopes.headers());
    all.add(header);
    return withScoped(all);
  }

  public HttpSettings withCacert(Path pem) {
    return new HttpSettings(headers, scopes, Optional.of(pem), insecure, proxies, http2);
  }

  public HttpSettings withInsecure(boolean other) {
    return new HttpSettings(headers, scopes, cacert, other, proxies, http2);
  }

  /** Returns these settings with these proxies. */
  public HttpSettings with(Proxies other) {
    return new HttpSettings(headers, scopes, cacert, insecure, other, http2);
  }

  public HttpSettings with(Http2Mode other) {
    return new HttpSettings(headers, scopes, cacert, insecure, proxies, other);
  }

  /** Returns these settings with these headers for some hosts only. */
  public HttpSettings withScoped(List<ScopedHeader> scoped) {
    return with(new HeaderScopes(scoped, scopes.list()));
  }

  /** Returns these settings for a list with these origins. */
  public HttpSettings forList(ListedOrigins list) {
    return with(new HeaderScopes(scopes.headers(), Optional.of(list)));
  }

  /**
   * Returns why these settings are refused: a header that is a credential would go to several
   * origins, or to unknown origins. The text contains no value of a header.
   *
   * @param probe the URL that is probed in an outage
   */
  public Optional<String> refusal(Optional<URI> probe) {
    List<String> names = headers.stream().map(Map.Entry::getKey).toList();
    return scopes.refusal(names, probe.map(Origin::of));
  }

  private HttpSettings with(HeaderScopes other) {
    return new HttpSettings(headers, other, cacert, insecure, proxies, http2);
  }

  /** Names are left out on purpose: values are secrets. */
  @Override
  public String toString() {
    int count = headers.size() + scopes.headers().size();
    return "HttpSettings[" + count + " headers, insecure=" + insecure + "]";
  }
}
