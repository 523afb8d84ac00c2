package dev.bulkdl.transfer;

import dev.bulkdl.http.Credentials;
import dev.bulkdl.model.Redaction;
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

  private final URI manifest;
  private final Set<URI> chain = new LinkedHashSet<>();
  private volatile URI current;
  private volatile boolean delivered;

  Source(URI manifest) {
    this.manifest = manifest;
    this.current = Credentials.strip(manifest);
    chain.add(current);
  }

  /** The URI to ask now, without user information. */
  URI current() {
    return current;
  }

  /** The current target has delivered: if it refuses later, it has expired. */
  void delivers() {
    delivered = true;
  }

  /**
   * Learns that {@code from} points to {@code target}.
   *
   * @return false when that makes a loop or too long a chain
   */
  synchronized boolean redirect(URI from, URI target) {
    if (!from.equals(current)) {
      return true; // another segment has learned it already
    }
    boolean sound = chain.add(target) && chain.size() <= MAX_REDIRECTS + 1;
    current = target;
    return sound;
  }

  /**
   * Goes back to the manifest's URI, if the target that refused is one that has expired.
   *
   * @return whether it is worth asking again, also because somebody else has gone back already
   */
  synchronized boolean resolveAgain(URI refused) {
    if (!refused.equals(current)) {
      return true;
    }
    if (!delivered || refused.equals(Credentials.strip(manifest))) {
      return false;
    }
    delivered = false;
    current = Credentials.strip(manifest);
    chain.clear();
    chain.add(current);
    return true;
  }

  /** The redirects followed so far, for people. */
  synchronized String chain() {
    return chain.stream().map(Redaction::of).collect(Collectors.joining(" -> "));
  }
}
