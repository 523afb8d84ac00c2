package dev.bulkdl.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What requests carry and whom they trust.
 *
 * @param headers sent to the manifest's own origin of each file only; several of one name are sent
 *     in order
 * @param cacert PEM certificates that are trusted in place of the system's
 * @param insecure whether certificates and host names go unchecked
 * @param proxies the ways out
 */
public record HttpSettings(
    List<Map.Entry<String, String>> headers,
    Optional<Path> cacert,
    boolean insecure,
    Proxies proxies) {

  public static final HttpSettings DEFAULTS = new HttpSettings(List.of(), Optional.empty(), false);

  public HttpSettings {
    headers = List.copyOf(headers);
  }

  /** The same without a proxy. */
  public HttpSettings(
      List<Map.Entry<String, String>> headers, Optional<Path> cacert, boolean insecure) {
    this(headers, cacert, insecure, Proxies.NONE);
  }

  /** The same with these ways out. */
  public HttpSettings with(Proxies other) {
    return new HttpSettings(headers, cacert, insecure, other);
  }

  /** Names are left out on purpose: values are secrets. */
  @Override
  public String toString() {
    return "HttpSettings[" + headers.size() + " headers, insecure=" + insecure + "]";
  }
}
