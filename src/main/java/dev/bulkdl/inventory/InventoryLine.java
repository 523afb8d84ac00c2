package dev.bulkdl.inventory;

import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.Chars;
import dev.bulkdl.text.IsoTime;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The form of one entry in the file: fields separated by tabs, with backslash escapes for
 * backslash, tab, line ends and characters that are not visible. Every entry is exactly one line.
 * Pure.
 */
final class InventoryLine {

  /** The first line of the file. */
  static final String HEADER =
      String.join(
          "\t",
          "name",
          "url",
          "final_url",
          "size",
          "hashes",
          "etag",
          "last_modified",
          "content_type",
          "ended",
          "run",
          "proof");

  private static final int FIELDS = 11;

  private InventoryLine() {}

  static String of(InventoryEntry entry) {
    Provenance from = entry.from();
    return String.join(
        "\t",
        escaped(entry.name().value()),
        escaped(entry.url()),
        escaped(from.finalUrl().map(URI::toString).orElse("")),
        Long.toString(entry.size()),
        Checksum.joined(from.hashes()),
        escaped(from.etag().orElse("")),
        escaped(from.lastModified().orElse("")),
        escaped(from.contentType().orElse("")),
        IsoTime.millis(entry.ended()),
        escaped(entry.run()),
        entry.proof().label());
  }

  /** Returns the entry; empty if the line is torn, or is not an entry. */
  static Optional<InventoryEntry> parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS || line.equals(HEADER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InventoryEntry(
              TargetName.of(unescaped(fields[0])),
              unescaped(fields[1]),
              Long.parseLong(fields[3]),
              Proof.valueOf(fields[10].toUpperCase(Locale.ROOT)),
              new Provenance(
                  field(fields[2]).map(URI::create),
                  field(fields[5]),
                  field(fields[6]),
                  field(fields[7]),
                  hashes(fields[4])),
              Instant.parse(fields[8]),
              unescaped(fields[9])));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> field(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(unescaped(text));
  }

  private static List<Checksum> hashes(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ")).map(Checksum::parse).toList();
  }

  /** Returns a text as it stands in a line: visible, on one line, and the same after reading. */
  static String escaped(String text) {
    if (Chars.isPlain(text) && text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(c -> append(line, c));
    return line.toString();
  }

  private static void append(StringBuilder line, int c) {
    switch (c) {
      case '\\' -> line.append("\\\\");
      case '\t' -> line.append("\\t");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      default -> {
        if (Chars.isInvisible(c)) {
          for (char half : Character.toChars(c)) {
            line.append(String.format("\\u%04x", (int) half));
          }
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
      } else if (text.charAt(i + 1) == 'u') {
        plain.append((char) HexFormat.fromHexDigits(text, i + 2, i + 6));
        i += 5;
      } else {
        plain.append(meaning(text.charAt(++i)));
      }
    }
    return plain.toString();
  }

  private static char meaning(char escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> escaped;
    };
  }
}
