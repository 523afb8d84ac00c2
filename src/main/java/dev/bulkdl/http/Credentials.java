package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.HttpSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Decides which headers an origin can see. Each request is decided separately; a redirect is a new
 * request. Pure.
 */
public final class Credentials {

  private static final String AUTHORIZATION = "Authorization";

  private Credentials() {}

  /**
   * Returns the headers for a request to {@code target} on behalf of the row with the URL {@code
   * source}. The row's own origin gets the headers without a host, and Basic authorization from the
   * user information in {@code source} (RFC 7617). A header for a host goes only to that host, and
   * replaces headers of the same name without a host.
   */
  public static List<Map.Entry<String, String>> headersFor(
      URI source, URI target, HttpSettings http) {
    if (http.headers().isEmpty()
        && http.scopes().headers().isEmpty()
        && source.getRawUserInfo() == null) {
      return List.of();
    }
    Origin from = Origin.of(source);
    Origin to = Origin.of(target);
    boolean listed = from.scheme().equals(to.scheme()) && from.isSameHostAs(to);
    List<Map.Entry<String, String>> scoped = scoped(to, listed, http);
    if (!from.equals(to)) {
      return scoped;
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>(http.headers());
    headers.removeIf(
        header ->
            has(scoped, header.getKey()) || !http.scopes().allowsUnscoped(header.getKey(), to));
    headers.addAll(scoped);
    return withUserInfo(source, headers);
  }

  /**
   * Returns the headers for the probe URL: its own user information, and the headers for its host.
   */
  public static List<Map.Entry<String, String>> headersForProbe(URI probe, HttpSettings http) {
    return withUserInfo(probe, scoped(Origin.of(probe), false, http));
  }

  private static List<Map.Entry<String, String>> scoped(
      Origin origin, boolean listed, HttpSettings http) {
    return http.scopes().headersTo(origin, listed).stream()
        .map(header -> Map.entry(header.name(), header.value()))
        .toList();
  }

  private static List<Map.Entry<String, String>> withUserInfo(
      URI uri, List<Map.Entry<String, String>> headers) {
    if (uri.getRawUserInfo() == null || has(headers, AUTHORIZATION)) {
      return headers;
    }
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry(AUTHORIZATION, basic(uri.getRawUserInfo())));
    return all;
  }

  private static boolean has(List<Map.Entry<String, String>> headers, String name) {
    return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
  }

  /** Returns the URI without its user information. */
  public static URI strip(URI uri) {
    String userInfo = uri.getRawUserInfo();
    return userInfo == null ? uri : URI.create(uri.toString().replaceFirst("://[^/?#]*@", "://"));
  }

  /** Returns the value of an Authorization field for a percent-encoded {@code user:password}. */
  static String basic(String rawUserInfo) {
    String pair = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    String full = pair.indexOf(':') < 0 ? pair + ":" : pair;
    return "Basic " + Base64.getEncoder().encodeToString(full.getBytes(StandardCharsets.UTF_8));
  }
}
