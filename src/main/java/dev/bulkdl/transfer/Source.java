package dev.bulkdl.transfer;

import dev.bulkdl.http.Credentials;
import dev.bulkdl.text.Redaction;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a file is really found. Redirects are learned once and serve all segments; a target that
 * has expired is resolved again from the manifest's URI, once for all who notice. Thread-safe.
 */
final class Source {

  static final int MAX_REDIRECTS = 10;

  /**
   * Where to ask.
   *
   * @param uri without user information
   * @param delivers whether content has come from there: if it refuses later, it has expired
   */
  record Place(URI uri, boolean delivers) {}

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

  /** Content has come from there. */
  synchronized void delivers(URI from) {
    if (from.equals(place.uri)) {
      place = new Place(from, true);
    }
  }

  /**
   * Learns that {@code from} points to {@code target}.
   *
   * @return false when that makes a loop or too long a chain
   */
  synchronized boolean redirect(URI from, URI target) {
    if (!from.equals(place.uri)) {
      return true; // another segment has learned it already
    }
    boolean sound = chain.add(target) && chain.size() <= MAX_REDIRECTS + 1;
    place = new Place(target, false);
    return sound;
  }

  /**
   * Goes back to the manifest's URI, if the target that refused is one that has expired.
   *
   * @return whether it is worth asking again, also because somebody else has gone back already
   */
  synchronized boolean resolveAgain(URI refused) {
    if (!refused.equals(place.uri)) {
      return true;
    }
    if (!place.delivers || refused.equals(manifest)) {
      return false;
    }
    place = new Place(manifest, false);
    chain.clear();
    chain.add(manifest);
    return true;
  }

  /** The redirects followed so far, for people. */
  synchronized String chain() {
    return chain.stream().map(Redaction::of).collect(Collectors.joining(" -> "));
  }
}
