package dev.bulkdl.plan;

import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRow.Bad;
import dev.bulkdl.manifest.ManifestRow.Good;
import dev.bulkdl.manifest.ManifestRows;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a manifest without repeated ones. A row that collides with an earlier one is bad. Not
 * thread-safe.
 */
final class CheckedRows implements ManifestRows {

  private final ManifestRows rows;
  private final CollisionList collisions;
  private int nextCollision;
  private Optional<ManifestRow> waiting = Optional.empty();

  CheckedRows(ManifestRows rows, CollisionList collisions) {
    this.rows = rows;
    this.collisions = collisions;
  }

  @Override
  public boolean hasNext() {
    while (waiting.isEmpty() && rows.hasNext()) {
      waiting = checked(rows.next());
    }
    return waiting.isPresent();
  }

  @Override
  public ManifestRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ManifestRow row = waiting.orElseThrow();
    waiting = Optional.empty();
    return row;
  }

  /** Returns the row, or the error that it is; empty if the row is a repeated one. */
  private Optional<ManifestRow> checked(ManifestRow row) {
    if (row instanceof Good good
        && nextCollision < collisions.size()
        && collisions.get(nextCollision).line() == row.line()) {
      Collision collision = collisions.get(nextCollision++);
      return collision.kind() == Collision.Kind.REPEATED
          ? Optional.empty()
          : Optional.of(new Bad(row.line(), row.columns(), List.of(error(collision, good))));
    }
    return Optional.of(row);
  }

  @Override
  public void close() {
    rows.close();
  }

  static ManifestError error(Collision collision, Good row) {
    return ManifestError.ofRow(collision.line(), collision.describe(row.download().target()));
  }
}
