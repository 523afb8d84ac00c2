package dev.bulkdl.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

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
    if (value.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw new IllegalArgumentException("the file name holds a control character");
    }
    if (value.startsWith("/") || value.startsWith("\\") || value.matches("^[A-Za-z]:[/\\\\].*")) {
      throw new IllegalArgumentException(
          "the file name is absolute; give one below the output folder");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "the file name is longer than " + MAX_NAME_BYTES + " bytes");
    }
    for (String segment : value.split("/", -1)) {
      checkSegment(segment);
    }
    if (value.split("/", 2)[0].toLowerCase(Locale.ROOT).equals(OWN_FOLDER)) {
      throw new IllegalArgumentException(
          "names inside " + OWN_FOLDER + "/ are the downloader's own");
    }
  }

  public static TargetName of(String value) {
    return new TargetName(value);
  }

  private static void checkSegment(String segment) {
    switch (segment) {
      case "" ->
          throw new IllegalArgumentException("the file name has an empty folder or file part");
      case ".", ".." ->
          throw new IllegalArgumentException(
              "the file name holds '" + segment + "'; name the place itself");
      default -> {
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
          throw new IllegalArgumentException(
              "a part of the file name is longer than " + MAX_SEGMENT_BYTES + " bytes");
        }
      }
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
