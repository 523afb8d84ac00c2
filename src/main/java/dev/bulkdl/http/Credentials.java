package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Which headers an origin may see: what the user gave belongs to the manifest's own origin only.
 */
public final class Credentials {

  private Credentials() {}

  /**
   * The custom headers, and Basic authorization from the manifest URI's user information (RFC
   * 7617), when {@code target} has the origin of {@code source}; nothing otherwise.
   */
  public static List<Map.Entry<String, String>> headersFor(
      URI source, URI target, List<Map.Entry<String, String>> custom) {
    if (!Origin.of(source).equals(Origin.of(target))) {
      return List.of();
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>(custom);
    boolean ownAuthorization =
        custom.stream().anyMatch(header -> header.getKey().equalsIgnoreCase("Authorization"));
    if (source.getRawUserInfo() != null && !ownAuthorization) {
      headers.add(Map.entry("Authorization", basic(source.getRawUserInfo())));
    }
    return headers;
  }

  /** The URI without its user information, as requests need it. */
  public static URI strip(URI uri) {
    String userInfo = uri.getRawUserInfo();
    return userInfo == null ? uri : URI.create(uri.toString().replaceFirst("://[^/?#]*@", "://"));
  }

  /** The value of an Authorization field for percent-encoded {@code user:password}. */
  static String basic(String rawUserInfo) {
    String pair = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    String full = pair.indexOf(':') < 0 ? pair + ":" : pair;
    return "Basic " + Base64.getEncoder().encodeToString(full.getBytes(StandardCharsets.UTF_8));
  }
}
