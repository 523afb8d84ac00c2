package dev.bulkdl.plan;

import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.manifest.ManifestRows;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The bad ones of some rows. Not thread-safe. */
final class BadRows implements ManifestRows {

  private final Optional<ManifestRows> rows;
  private Optional<ManifestRow> waiting = Optional.empty();

  /**
   * @param rows empty if none is bad
   */
  BadRows(Optional<ManifestRows> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    while (waiting.isEmpty() && rows.isPresent() && rows.get().hasNext()) {
      waiting = Optional.of(rows.get().next()).filter(ManifestRow.Bad.class::isInstance);
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

  @Override
  public void close() {
    rows.ifPresent(ManifestRows::close);
  }
}
