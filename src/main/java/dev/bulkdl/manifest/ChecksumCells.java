package dev.bulkdl.manifest;

import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Failure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the checksums of one row: at most one for each hash algorithm. */
final class ChecksumCells {

  private final ColumnLayout layout;
  private final RowErrors errors;

  ChecksumCells(ColumnLayout layout, RowErrors errors) {
    this.layout = layout;
    this.errors = errors;
  }

  /** Returns the row's checksums, the strongest first. An empty cell gives no checksum. */
  List<Checksum> read(List<String> cells) {
    Map<Algorithm, Checksum> found = new EnumMap<>(Algorithm.class);
    for (Column column : Column.HASHES) {
      Integer position = layout.positions().get(column);
      if (position == null || position >= cells.size() || cells.get(position).isBlank()) {
        continue;
      }
      errors
          .parse(column, cells.get(position), text -> parse(column, text))
          .ifPresent(checksum -> add(column, checksum, found));
    }
    return List.copyOf(found.values());
  }

  private static Checksum parse(Column column, String text) {
    return column
        .algorithm()
        .map(algorithm -> new Checksum(algorithm, text))
        .orElseGet(() -> Checksum.parse(text));
  }

  private void add(Column column, Checksum checksum, Map<Algorithm, Checksum> found) {
    Optional<Checksum> other =
        Optional.ofNullable(found.putIfAbsent(checksum.algorithm(), checksum));
    if (other.isPresent() && !other.get().equals(checksum)) {
      errors.add(
          column,
          new Failure.Name(
              "the "
                  + checksum.algorithm().label()
                  + " differs from column "
                  + checksum.algorithm().label()));
    }
  }
}
