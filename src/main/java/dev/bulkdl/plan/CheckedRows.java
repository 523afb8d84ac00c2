package dev.bulkdl.plan;

import dev.bulkdl.manifest.ManifestError;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRow.Bad;
import dev.bulkdl.manifest.ManifestRow.Good;
import dev.bulkdl.manifest.ManifestRows;
import java.util.List;

/**
 * The rows of a manifest, in which a row that collides with an earlier one is bad. Not thread-safe.
 */
final class CheckedRows implements ManifestRows {

  private final ManifestRows rows;
  private final CollisionList collisions;
  private int nextCollision;

  CheckedRows(ManifestRows rows, CollisionList collisions) {
    this.rows = rows;
    this.collisions = collisions;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public ManifestRow next() {
    ManifestRow row = rows.next();
    if (row instanceof Good good
        && nextCollision < collisions.size()
        && collisions.get(nextCollision).line() == row.line()) {
      Collision collision = collisions.get(nextCollision++);
      return new Bad(row.line(), row.columns(), List.of(error(collision, good)));
    }
    return row;
  }

  @Override
  public void close() {
    rows.close();
  }

  static ManifestError error(Collision collision, Good row) {
    return ManifestError.ofRow(collision.line(), collision.describe(row.download().target()));
  }
}
