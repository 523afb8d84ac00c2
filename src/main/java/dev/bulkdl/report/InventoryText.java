package dev.bulkdl.report;

import dev.bulkdl.inventory.InventoryEntry;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Provenance;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders entries of an inventory as lines for other programs. Pure. */
public final class InventoryText {

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "state",
          "size",
          "hashes",
          "proof",
          "url",
          "final_url",
          "etag",
          "last_modified",
          "content_type",
          "ended",
          "run");

  private InventoryText() {}

  /** What has the name of an entry now. */
  public enum State {
    /** A file of the recorded size. */
    THERE,
    /** A file of another size, or something that is not a file. */
    CHANGED,
    /** Nothing. */
    GONE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static String csvHeader() {
    return Csv.line(COLUMNS);
  }

  /**
   * Returns a CSV row. Its cells are safe for spreadsheets, as those of results.csv are; {@link
   * #jsonLine} has the exact texts.
   */
  public static String csvRow(InventoryEntry entry, State state) {
    return Csv.line(fields(entry, state).values().stream().map(Csv::shown).toList());
  }

  /** Returns a JSON object on one line. Unknown fields are left out. */
  public static String jsonLine(InventoryEntry entry, State state) {
    Map<String, Object> known = new LinkedHashMap<>(fields(entry, state));
    known.values().removeIf(value -> value.equals(""));
    known.put("size", entry.size());
    Map<String, String> hashes = new LinkedHashMap<>();
    entry.from().hashes().forEach(hash -> hashes.put(hash.algorithm().label(), hash.hex()));
    known.remove("hashes");
    known.putAll(hashes);
    return JsonText.line(known);
  }

  private static Map<String, String> fields(InventoryEntry entry, State state) {
    Provenance from = entry.from();
    List<String> values =
        List.of(
            entry.name().value(),
            state.label(),
            Long.toString(entry.size()),
            from.hashes().stream().map(Checksum::toString).collect(Collectors.joining(" ")),
            entry.proof().label(),
            entry.url(),
            from.finalUrl().map(URI::toString).orElse(""),
            from.etag().orElse(""),
            from.lastModified().orElse(""),
            from.contentType().orElse(""),
            entry.ended().toString(),
            entry.run());
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      fields.put(COLUMNS.get(i), values.get(i));
    }
    return fields;
  }

  /** Returns the SHA-256 in hexadecimal, if it is known. */
  public static Optional<String> sha256(InventoryEntry entry) {
    return entry.from().hashes().stream()
        .filter(hash -> hash.algorithm() == Algorithm.SHA256)
        .map(Checksum::hex)
        .findFirst();
  }

  /** Returns a line that {@code sha256sum -c} reads; a name with a backslash is escaped. */
  public static String sumLine(String sha256, String name) {
    boolean plain = name.indexOf('\\') < 0;
    return plain ? sha256 + "  " + name : "\\" + sha256 + "  " + name.replace("\\", "\\\\");
  }
}
