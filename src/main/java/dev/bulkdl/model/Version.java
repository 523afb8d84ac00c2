package dev.bulkdl.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server said of a remote file that tells one version of it from another. Header values are
 * kept as they came.
 *
 * @param etag the ETag field with its quotes, strong or weak (RFC 9110 §8.8.3)
 * @param lastModified the Last-Modified field
 * @param date the Date field of the same answer
 * @param total the length of the whole file in bytes
 * @param encoded whether a Content-Encoding was applied, so that bytes of it prove nothing about
 *     others
 */
public record Version(
    Optional<String> etag,
    Optional<String> lastModified,
    Optional<String> date,
    OptionalLong total,
    boolean encoded) {

  /** Nothing is known. */
  public static final Version UNKNOWN =
      new Version(
          Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), false);

  /** The entity tag, where it is one that proves identity byte by byte. */
  public Optional<String> strongEtag() {
    return encoded
        ? Optional.empty()
        : etag.filter(tag -> tag.startsWith("\"") && tag.length() > 1);
  }

  /**
   * The validator to send as If-Range: a strong entity tag, else a modification date at least a
   * second older than the answer that gave it (RFC 9110 §8.8.2.2, §13.1.5).
   */
  public Optional<String> ifRange() {
    if (encoded) {
      return Optional.empty();
    }
    return strongEtag().or(() -> lastModified.filter(this::isStrongDate));
  }

  private boolean isStrongDate(String modified) {
    Instant now = Instant.now();
    Optional<Instant> changed = HttpDate.parse(modified, now);
    return date.flatMap(answered -> HttpDate.parse(answered, now))
        .filter(answered -> changed.isPresent())
        .filter(answered -> !answered.isBefore(changed.get().plusSeconds(1)))
        .isPresent();
  }

  /** Whether what the other says rules out that both are of the same version. */
  public boolean contradicts(Version other) {
    if (equals(UNKNOWN)) {
      return false;
    }
    boolean otherTotal =
        total.isPresent()
            && other.total.isPresent()
            && total.getAsLong() != other.total.getAsLong();
    boolean otherTag = etag.isPresent() && other.etag.isPresent() && !etag.equals(other.etag);
    boolean sameTag = strongEtag().isPresent() && etag.equals(other.etag);
    boolean otherDate =
        !sameTag
            && lastModified.isPresent()
            && other.lastModified.isPresent()
            && !lastModified.equals(other.lastModified);
    return otherTotal || otherTag || otherDate || encoded != other.encoded;
  }
}
