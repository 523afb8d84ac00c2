package dev.bulkdl.model;

import dev.bulkdl.text.Chars;
import dev.bulkdl.text.HttpDate;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a response states about a remote file that distinguishes its versions. Header values are
 * kept as they came, except those of the format.
 *
 * @param etag the ETag field with its quotes, strong or weak (RFC 9110 §8.8.3)
 * @param lastModified the Last-Modified field
 * @param date the Date field of the same answer
 * @param total the length of the whole file in bytes, as it is sent: encoded, where it is
 */
public record Version(
    Optional<String> etag,
    Optional<String> lastModified,
    Optional<String> date,
    OptionalLong total,
    Format format) {

  /**
   * Years of two digits are read as 1976 to 2075. With the present time in its place, the same two
   * responses could compare differently later.
   */
  private static final Instant CENTURY = Instant.parse("2026-01-01T00:00:00Z");

  /** Nothing is known. */
  public static final Version UNKNOWN =
      new Version(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

  /**
   * What the bytes are. Tags and ranges are those of the encoded bytes (RFC 9110 §8.8.1, §14).
   *
   * @param type the Content-Type in lower case and without blanks
   * @param encoding the Content-Encoding, likewise; none for bytes that are not encoded
   */
  public record Format(Optional<String> type, Optional<String> encoding) {

    private static final Pattern BLANKS = Pattern.compile("\\s");

    static final Format UNKNOWN = new Format(Optional.empty(), Optional.empty());

    /** Returns the format from the fields Content-Type and Content-Encoding. */
    public static Format of(Optional<String> contentType, Optional<String> contentEncoding) {
      return new Format(
          contentType.map(Format::normal).filter(type -> !type.isEmpty()),
          contentEncoding
              .map(Format::normal)
              .filter(coding -> !coding.isEmpty() && !coding.equals("identity")));
    }

    /** Called for every response. Few fields contain a blank. */
    private static String normal(String field) {
      String lower = field.toLowerCase(Locale.ROOT);
      return Chars.any(lower, Format::isBlank) ? BLANKS.matcher(lower).replaceAll("") : lower;
    }

    private static boolean isBlank(char c) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** A journal of an earlier program says that content was encoded, but not how. */
    private boolean isOtherEncoding(Format other) {
      boolean untold =
          encoding.filter(String::isEmpty).isPresent()
              || other.encoding.filter(String::isEmpty).isPresent();
      return encoding.isPresent() != other.encoding.isPresent()
          || (!untold && !encoding.equals(other.encoding));
    }
  }

  /** A version of unknown format without an encoding. */
  public Version(
      Optional<String> etag,
      Optional<String> lastModified,
      Optional<String> date,
      OptionalLong total) {
    this(etag, lastModified, date, total, Format.UNKNOWN);
  }

  public Version withEtag(Optional<String> other) {
    return new Version(other, lastModified, date, total, format);
  }

  public Version withLastModified(Optional<String> other) {
    return new Version(etag, other, date, total, format);
  }

  public Version withDate(Optional<String> other) {
    return new Version(etag, lastModified, other, total, format);
  }

  public Version withTotal(OptionalLong other) {
    return new Version(etag, lastModified, date, other, format);
  }

  public Version withFormat(Format other) {
    return new Version(etag, lastModified, date, total, other);
  }

  /** Returns the ETag if it is strong: then it proves every byte. */
  public Optional<String> strongEtag() {
    return etag.filter(tag -> tag.startsWith("\"") && tag.length() > 1);
  }

  /**
   * Returns the validator to send as If-Range: a strong ETag, or else a modification date that is
   * at least a second older than its response (RFC 9110 §8.8.2.2, §13.1.5).
   */
  public Optional<String> ifRange() {
    return strongEtag().or(this::strongDate);
  }

  /** Returns the modification date if the file can hardly have changed twice in that second. */
  public Optional<String> strongDate() {
    return lastModified.filter(this::isStrong);
  }

  /** Returns the date of the last modification; empty if the field is missing or is not a date. */
  public Optional<Instant> modified() {
    return lastModified.flatMap(field -> HttpDate.parse(field, CENTURY));
  }

  private boolean isStrong(String modified) {
    Optional<Instant> changed = HttpDate.parse(modified, CENTURY);
    return date.flatMap(answered -> HttpDate.parse(answered, CENTURY))
        .filter(answered -> changed.isPresent())
        .filter(answered -> !answered.isBefore(changed.get().plusSeconds(1)))
        .isPresent();
  }

  /** Returns true if {@link #contradiction} finds a difference. */
  public boolean contradicts(Version other) {
    return contradiction(other).isPresent();
  }

  /** Returns true if nothing is known. */
  public boolean isUnknown() {
    return etag.isEmpty()
        && lastModified.isEmpty()
        && date.isEmpty()
        && total.isEmpty()
        && format.type.isEmpty()
        && format.encoding.isEmpty();
  }

  /**
   * Compares all that two responses state about the file. Any difference shows another version,
   * also a different date under an equal strong ETag. A field that is missing in one response shows
   * nothing, except a strong ETag that is missing now, and an encoding.
   *
   * @param other what a later answer says
   * @return the difference for people; empty where both may be of the same version
   */
  public Optional<String> contradiction(Version other) {
    if (isUnknown()) {
      return Optional.empty();
    }
    if (strongEtag().isPresent() && other.etag.isEmpty()) {
      return Optional.of("its ETag is missing");
    }
    if (differ(etag, other.etag)) {
      return Optional.of("its ETag is another one");
    }
    if (total.isPresent() && other.total.isPresent() && !total.equals(other.total)) {
      return Optional.of("it has " + other.total.getAsLong() + " bytes");
    }
    if (differ(lastModified, other.lastModified)) {
      return Optional.of("its Last-Modified is another one");
    }
    if (format.isOtherEncoding(other.format)) {
      return Optional.of("its Content-Encoding is another one");
    }
    return differ(format.type, other.format.type)
        ? Optional.of("its Content-Type is another one")
        : Optional.empty();
  }

  private static boolean differ(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }
}
