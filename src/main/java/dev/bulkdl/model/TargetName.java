package dev.bulkdl.model;

import dev.bulkdl.text.Chars;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A file's name below the output folder, {@code /} between its segments. It is relative, has no
 * empty, {@code .} or {@code ..} segment and no control character, and lies outside {@code
 * .bulkdl/}.
 */
public record TargetName(String value) {

  /** The folder that the downloader keeps for itself in every output folder. */
  public static final String OWN_FOLDER = ".bulkdl";

  /** The longest segment, in bytes of UTF-8, that common file systems hold. */
  static final int MAX_SEGMENT_BYTES = 255;

  /** The longest whole name, in bytes of UTF-8. */
  static final int MAX_NAME_BYTES = 3000;

  /**
   * Checks the rules.
   *
   * @throws IllegalArgumentException when the name is not allowed; the message says why
   */
  public TargetName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("the file name is empty");
    }
    if (Chars.any(value, Character::isISOControl)) {
      throw new IllegalArgumentException("the file name holds a control character");
    }
    if (isSlash(value, 0) || (isSlash(value, 2) && isDrive(value))) {
      throw new IllegalArgumentException(
          "the file name is absolute; give one below the output folder");
    }
    if (isLonger(value, MAX_NAME_BYTES)) {
      throw new IllegalArgumentException(
          "the file name is longer than " + MAX_NAME_BYTES + " bytes");
    }
    checkSegments(value);
    if (isInOwnFolder(value)) {
      throw new IllegalArgumentException(
          "names inside " + OWN_FOLDER + "/ are the downloader's own");
    }
  }

  public static TargetName of(String value) {
    return new TargetName(value);
  }

  private static boolean isSlash(String value, int i) {
    return i < value.length() && (value.charAt(i) == '/' || value.charAt(i) == '\\');
  }

  private static boolean isDrive(String value) {
    return Chars.isAsciiLetter(value.charAt(0)) && value.charAt(1) == ':';
  }

  private static boolean isInOwnFolder(String value) {
    int length = OWN_FOLDER.length();
    return value.regionMatches(true, 0, OWN_FOLDER, 0, length)
        && (value.length() == length || value.charAt(length) == '/');
  }

  /** In UTF-8, where no character of a text has more than three bytes. */
  private static boolean isLonger(String text, int bytes) {
    return text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }

  private static void checkSegments(String value) {
    int start = 0;
    for (int end = value.indexOf('/'); end >= 0; end = value.indexOf('/', start)) {
      checkSegment(value.substring(start, end));
      start = end + 1;
    }
    checkSegment(value.substring(start));
  }

  private static void checkSegment(String segment) {
    switch (segment) {
      case "" ->
          throw new IllegalArgumentException("the file name has an empty folder or file part");
      case ".", ".." ->
          throw new IllegalArgumentException(
              "the file name holds '" + segment + "'; name the place itself");
      default -> {
        if (isLonger(segment, MAX_SEGMENT_BYTES)) {
          throw new IllegalArgumentException(
              "a part of the file name is longer than " + MAX_SEGMENT_BYTES + " bytes");
        }
      }
    }
  }

  /** As the record's own, which the JVM would have to generate at the start. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TargetName that && value.equals(that.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
