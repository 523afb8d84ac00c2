package dev.bulkdl.transfer;

import dev.bulkdl.disk.OriginAttribute;
import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.inventory.SameSource;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the inventory, or an attribute of the file, says about an existing file, for a row of the
 * list. Pure.
 *
 * @param url the URL that the file came from, redacted; empty if nothing tells
 * @param sameUrl whether it names the same document as the row's URL
 * @param etag the ETag field of the content
 * @param lastModified the Last-Modified field of the content
 * @param hashes the hashes that were computed over the content
 */
record Recorded(
    String url,
    boolean sameUrl,
    Optional<String> etag,
    Optional<String> lastModified,
    List<Checksum> hashes) {

  /** Nothing tells where the file came from. */
  static final Recorded UNKNOWN =
      new Recorded("", false, Optional.empty(), Optional.empty(), List.of());

  static Recorded of(OriginAttribute.Found found, Download download) {
    return new Recorded(
        found.url(),
        SameSource.is(download.source(), found.url()),
        found.etag(),
        Optional.empty(),
        List.of());
  }

  static Recorded of(InventoryEntry entry, Download download) {
    return new Recorded(
        entry.url(),
        SameSource.is(download.source(), entry.url()),
        entry.from().etag(),
        entry.from().lastModified(),
        entry.from().hashes());
  }

  boolean hasValidator() {
    return etag.isPresent() || lastModified.isPresent();
  }

  /** Returns the conditions under which the server answers 304 (RFC 9110, 13.1.2 and 13.1.3). */
  List<Map.Entry<String, String>> conditions() {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    etag.ifPresent(tag -> fields.add(Map.entry("If-None-Match", tag)));
    lastModified.ifPresent(date -> fields.add(Map.entry("If-Modified-Since", date)));
    return fields;
  }

  /** Whether this version has the strong ETag of the content. */
  boolean isProvenBy(Version now) {
    return now.strongEtag().isPresent() && now.strongEtag().equals(etag);
  }

  /** Whether nothing in this version shows another content, and a validator agrees. */
  boolean isUnchangedBy(Version now) {
    boolean bothTagged = now.etag().isPresent() && etag.isPresent();
    return bothTagged
        ? now.etag().equals(etag)
        : lastModified.isPresent() && now.lastModified().equals(lastModified);
  }

  /** Whether the content's ETag is a strong one. */
  boolean hasStrongEtag() {
    return etag.filter(tag -> !tag.startsWith("W/")).isPresent();
  }
}
