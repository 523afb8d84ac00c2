package dev.bulkdl.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL as people write it, perhaps without its scheme. Pure. */
final class UrlArgument {

  /** A host with a dot or with a port or path behind it, as no other word looks like. */
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]+]|[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*)(:\\d+)?(/.*)?");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private UrlArgument() {}

  /**
   * Returns the URL with a scheme: https, or http for a host on this machine. A text that is no
   * host with something behind it is returned as it is.
   */
  static String complete(String text) {
    String url = text.strip();
    Matcher found = WITHOUT_SCHEME.matcher(url);
    if (url.contains("://") || !found.matches()) {
      return text;
    }
    String host = found.group(1);
    boolean isHost =
        host.contains(".") || found.group(2) != null || LOOPBACK.matcher(host).matches();
    if (!isHost) {
      return text;
    }
    return (LOOPBACK.matcher(host).matches() ? "http://" : "https://") + url;
  }
}
