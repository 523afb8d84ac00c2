package dev.bulkdl.engine;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.run.RunCounters;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the good rows of a manifest. It reports each bad row as rejected when it passes the
 * row.
 */
final class AcceptedRows implements Iterator<Download> {

  private final Iterator<? extends ManifestRow> rows;
  private final TransferListener listener;
  private final RunCounters counters;
  private @Nullable Download next;

  AcceptedRows(
      Iterator<? extends ManifestRow> rows, TransferListener listener, RunCounters counters) {
    this.rows = rows;
    this.listener = listener;
    this.counters = counters;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      switch (rows.next()) {
        case ManifestRow.Good good -> next = good.download();
        case ManifestRow.Bad bad -> reject(bad);
      }
    }
    return next != null;
  }

  private void reject(ManifestRow.Bad bad) {
    counters.countRejected();
    listener.onEvent(
        new TransferEvent.RowRejected(
            bad.line(), bad.columns(), bad.errors().getFirst().failure()));
  }

  @Override
  public Download next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Download download = next;
    next = null;
    return download;
  }
}
