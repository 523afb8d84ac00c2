package dev.bulkdl.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the content of a file came from, and what was learned about it on the way. The fields hold
 * what the server sent; they can contain secrets, such as the query of a signed URL.
 *
 * @param finalUrl the URL that sent the content, after all redirects; empty if nothing was asked
 * @param etag the ETag field with its quotes (RFC 9110, 8.8.3)
 * @param lastModified the Last-Modified field (RFC 9110, 8.8.2)
 * @param contentType the Content-Type field, in lower case and without spaces
 * @param hashes the hashes that were computed over the whole content, or compared with it
 */
public record Provenance(
    Optional<URI> finalUrl,
    Optional<String> etag,
    Optional<String> lastModified,
    Optional<String> contentType,
    List<Checksum> hashes) {

  /** Nothing is known. */
  public static final Provenance UNKNOWN = of(Version.UNKNOWN, Optional.empty(), List.of());

  public Provenance {
    hashes = List.copyOf(hashes);
  }

  /** Returns what a version of a remote file says about its content. */
  public static Provenance of(Version version, Optional<URI> finalUrl, List<Checksum> hashes) {
    return new Provenance(
        finalUrl, version.etag(), version.lastModified(), version.format().type(), hashes);
  }
}
