package dev.bulkdl.inventory;

import dev.bulkdl.text.Redaction;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether two URLs name the same document. The scheme (http or https), the user information, the
 * fragment and the parameters that only grant access for a time make no difference: a list with
 * freshly signed URLs names the same files as before. Pure.
 */
public final class SameSource {

  /** Parameters of signed URLs, in lower case. Their values change with each signature. */
  private static final Pattern SIGNING =
      Pattern.compile(
          "x-amz-.*|x-goog-.*|awsaccesskeyid|googleaccessid|signature|expires|key-pair-id|policy"
              + "|sig|se|st|sp|sv|sr|skoid|sktid|skt|ske|sks|skv|hdnts|hdnea|token|access_token");

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
    int scheme = url.indexOf("://");
    String rest = scheme < 0 ? url : url.substring(scheme + 3);
    int fragment = rest.indexOf('#');
    String whole = fragment < 0 ? rest : rest.substring(0, fragment);
    int query = whole.indexOf('?');
    int path = whole.indexOf('/');
    if (query < 0) {
      return withoutCaseOfHost(whole, path);
    }
    String kept =
        Arrays.stream(whole.substring(query + 1).split("&"))
            .filter(parameter -> !isSigning(parameter))
            .collect(Collectors.joining("&"));
    String place = withoutCaseOfHost(whole.substring(0, query), Math.min(path, query));
    return kept.isEmpty() ? place : place + "?" + kept;
  }

  private static String withoutCaseOfHost(String place, int path) {
    int end = path < 0 ? place.length() : path;
    return place.substring(0, end).toLowerCase(Locale.ROOT) + place.substring(end);
  }

  private static boolean isSigning(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    return SIGNING.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
