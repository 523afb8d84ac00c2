package dev.bulkdl.transfer;

import dev.bulkdl.http.Credentials;
import dev.bulkdl.text.Redaction;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The URL at which a file is found. Redirects are followed once and serve all segments. An expired
 * target is resolved again from the manifest's URL, once for all segments. Thread-safe.
 */
final class Source {

  static final int MAX_REDIRECTS = 10;

  /**
   * A URL to request.
   *
   * @param uri the URL without user information
   * @param hasDelivered whether content has come from there: if it refuses later, it has expired
   */
  record Place(URI uri, boolean hasDelivered) {}

  private final URI manifest;
  private final Set<URI> chain = new LinkedHashSet<>();
  private volatile Place place;

  Source(URI manifest) {
    this.manifest = Credentials.strip(manifest);
    this.place = new Place(this.manifest, false);
    chain.add(this.manifest);
  }

  Place place() {
    return place;
  }

  /** Notes that content has come from this URL. */
  synchronized void markDelivered(URI from) {
    if (from.equals(place.uri)) {
      place = new Place(from, true);
    }
  }

  /**
   * Notes a redirect.
   *
   * @return false if the chain of redirects is a loop or too long
   */
  synchronized boolean redirect(URI from, URI target) {
    if (!from.equals(place.uri)) {
      return true; // another segment has noted it already
    }
    boolean sound = chain.add(target) && chain.size() <= MAX_REDIRECTS + 1;
    place = new Place(target, false);
    return sound;
  }

  /**
   * Goes back to the manifest's URL if the target that refused has expired.
   *
   * @return true if another request is worth it; also if another segment has already gone back
   */
  synchronized boolean resolveAgain(URI refused) {
    if (!refused.equals(place.uri)) {
      return true;
    }
    if (!place.hasDelivered || refused.equals(manifest)) {
      return false;
    }
    place = new Place(manifest, false);
    chain.clear();
    chain.add(manifest);
    return true;
  }

  /** The chain of redirects so far, redacted, for messages. */
  synchronized String chain() {
    return chain.stream().map(Redaction::of).collect(Collectors.joining(" -> "));
  }
}
