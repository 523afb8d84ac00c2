package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.transfer.TransferContext;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Plans all rows of a manifest. Many rows are asked about at the same time, within the permits;
 * results come in the manifest's order. Used for one pass, by one thread.
 */
public final class Planner {

  /** The largest number of rows in work, so that memory is bounded for manifests of any length. */
  private static final int WINDOW = 1024;

  private final PlanContext context;
  private final FirstError bug = new FirstError();
  private final Queue<CompletableFuture<PlannedRow>> window = new ArrayDeque<>(WINDOW);

  /**
   * @param folder opened with {@link OutputFolder#look}: a plan changes nothing
   * @param cancellation ends the pass
   */
  public Planner(
      TransferContext transfer, OutputFolder folder, Settings settings, Cancellation cancellation) {
    this.context = new PlanContext(transfer, folder, settings, cancellation);
  }

  /**
   * Plans all rows.
   *
   * @param planned receives each row, in order, on the calling thread
   * @return false if the pass was stopped before its end
   * @throws RuntimeException an exception from a bug, the rows or {@code planned}
   */
  public boolean plan(Iterator<? extends ManifestRow> rows, Consumer<PlannedRow> planned) {
    try {
      while (fill(rows)) {
        planned.accept(window.remove().join());
      }
      return true;
    } catch (CancellationException e) {
      bug.rethrow();
      return false;
    } finally {
      abandon();
    }
  }

  /** Returns false if no row is left, neither in the manifest nor in the window. */
  private boolean fill(Iterator<? extends ManifestRow> rows) {
    while (window.size() < WINDOW && rows.hasNext()) {
      window.add(
          switch (rows.next()) {
            case ManifestRow.Good good -> begin(good.download());
            case ManifestRow.Bad bad -> CompletableFuture.completedFuture(rejected(bad));
          });
    }
    return !window.isEmpty();
  }

  private CompletableFuture<PlannedRow> begin(Download download) {
    CompletableFuture<PlannedRow> result = new CompletableFuture<>();
    Thread.ofVirtual().name("plan").start(() -> work(download, result));
    return result;
  }

  private void work(Download download, CompletableFuture<PlannedRow> result) {
    try {
      result.complete(new RowPlanning(context, download).plan());
    } catch (CancellationException e) {
      result.cancel(false);
    } catch (RuntimeException | Error e) {
      bug.met(e);
      result.cancel(false);
    }
  }

  private static PlannedRow rejected(ManifestRow.Bad bad) {
    return new PlannedRow(
        "line " + bad.line(),
        OptionalLong.empty(),
        RangeSupport.UNKNOWN,
        new PlannedAction.Refused(bad.errors().getFirst().failure()));
  }

  /** Aborts the requests in progress, and waits for their end. */
  private void abandon() {
    if (!window.isEmpty()) {
      context.cancellation().cancel();
      window.forEach(row -> row.handle((found, thrown) -> true).join());
      window.clear();
    }
  }
}
