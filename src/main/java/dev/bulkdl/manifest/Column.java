package dev.bulkdl.manifest;

import dev.bulkdl.model.Algorithm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A column of a manifest that has a meaning, with all the names it may have. */
public enum Column {
  FILENAME,
  URL,
  SIZE,
  SHA512,
  SHA256,
  SHA1,
  MD5,
  CRC32C,
  CHECKSUM,
  PRIORITY;

  /** The columns that hold hashes, the strongest first. */
  public static final List<Column> HASHES = List.of(SHA512, SHA256, SHA1, MD5, CRC32C, CHECKSUM);

  private final Optional<Algorithm> algorithm = Algorithm.named(name());

  /** The column that a header's cell names, in any case. */
  public static Optional<Column> named(String cell) {
    return switch (cell.strip().toLowerCase(Locale.ROOT)) {
      case "filename", "file", "name", "path", "out" -> Optional.of(FILENAME);
      case "url", "uri", "link" -> Optional.of(URL);
      case "size", "bytes", "length" -> Optional.of(SIZE);
      case "sha512" -> Optional.of(SHA512);
      case "sha256" -> Optional.of(SHA256);
      case "sha1" -> Optional.of(SHA1);
      case "md5" -> Optional.of(MD5);
      case "crc32c" -> Optional.of(CRC32C);
      case "checksum" -> Optional.of(CHECKSUM);
      case "priority" -> Optional.of(PRIORITY);
      default -> Optional.empty();
    };
  }

  /** The name that is written where a header gives none. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one hash that the column is for; none for {@link #CHECKSUM}, whose cells tell, and for no
   * hash.
   */
  public Optional<Algorithm> algorithm() {
    return algorithm;
  }
}
