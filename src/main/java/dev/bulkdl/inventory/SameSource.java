package dev.bulkdl.inventory;

import dev.bulkdl.text.Redaction;
import dev.bulkdl.text.SignedUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether two URLs name the same document. The scheme (http or https), the user information, the
 * fragment and the parameters that only grant access for a time make no difference: a list with
 * freshly signed URLs names the same files as before. Pure.
 */
public final class SameSource {

  private SameSource() {}

  /** Returns the URL as the inventory stores it: without secrets. */
  public static String stored(URI url) {
    return Redaction.of(url);
  }

  /**
   * Compares a URL of a list with a stored one.
   *
   * @param stored what {@link #stored} has returned for the other URL
   */
  public static boolean is(URI url, String stored) {
    return essence(stored(url)).equals(essence(stored));
  }

  private static String essence(String url) {
    String unsigned = SignedUrl.withoutSignature(url);
    int scheme = unsigned.indexOf("://");
    String rest = scheme < 0 ? unsigned : unsigned.substring(scheme + 3);
    int fragment = rest.indexOf('#');
    String whole = fragment < 0 ? rest : rest.substring(0, fragment);
    int query = whole.indexOf('?');
    String place = withoutCaseOfHost(query < 0 ? whole : whole.substring(0, query));
    String kept =
        query < 0
            ? ""
            : Arrays.stream(whole.substring(query + 1).split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
    return kept.isEmpty() ? place : place + "?" + kept;
  }

  private static String withoutCaseOfHost(String place) {
    int path = place.indexOf('/');
    int end = path < 0 ? place.length() : path;
    return place.substring(0, end).toLowerCase(Locale.ROOT) + place.substring(end);
  }
}
