package dev.bulkdl.manifest;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The kinds of files that are not plain UTF-8, recognized by their first bytes, with advice to the
 * user.
 */
enum TextKind {
  GZIP("1f8b", "compressed by gzip twice", "unpack it"),
  UTF_16(
      "fffe",
      "UTF-16",
      "convert it to UTF-8, from UTF-16 with: iconv -f UTF-16 -t UTF-8 FILE > NEW"),
  UTF_16_BIG_ENDIAN("feff", UTF_16.description, UTF_16.advice),
  ZIP("504b0304", "a ZIP archive or a spreadsheet", "save it as CSV in UTF-8"),
  OLD_OFFICE("d0cf11e0a1b11ae1", "an old spreadsheet or document", "save it as CSV in UTF-8"),
  PDF("255044462d", "a PDF document", "write a CSV with the columns url and filename"),
  XZ("fd377a585a", "compressed by xz", "unpack it, or use gzip"),
  ZSTD("28b52ffd", "compressed by zstd", "unpack it, or use gzip"),
  BZIP2("425a6839314159", "compressed by bzip2", "unpack it, or use gzip");

  /** The advice for text whose encoding has no byte order mark. */
  static final String OTHER_CHARSET_ADVICE =
      "convert it, from Windows for example with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW";

  /** The length of the longest signature in bytes. */
  static final int BYTES = 8;

  private final String beginning;
  private final String description;
  private final String advice;

  TextKind(String beginning, String description, String advice) {
    this.beginning = beginning;
    this.description = description;
    this.advice = advice;
  }

  /** Returns the kind with this signature, or empty if the text can be UTF-8. */
  static Optional<TextKind> of(byte[] first) {
    String hex = HexFormat.of().formatHex(first);
    for (TextKind kind : values()) {
      if (hex.startsWith(kind.beginning)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Completes the sentence "the manifest is …". */
  String description() {
    return description;
  }

  /** Returns the advice to the user for such a file. */
  String advice() {
    return advice;
  }
}
