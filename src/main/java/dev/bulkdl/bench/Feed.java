package dev.bulkdl.bench;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the rows of a manifest, each time under a new name, until the cell is stopped. A
 * semaphore limits the files in flight: the next row is handed out when another file has ended. An
 * ended file is deleted first, so that the disk never holds more than the files in flight. A row
 * that fails permanently is not handed out again.
 */
final class Feed implements Iterator<ManifestRow.Good>, TransferListener {

  private final List<Download> rows;
  private final Semaphore free;
  private final Path folder;
  private final Cancellation cancellation;
  private final Set<Long> failedRows = ConcurrentHashMap.newKeySet();
  private long number;
  private ManifestRow.@Nullable Good next;
  private boolean over;

  /**
   * @param inFlight the maximum number of files in flight
   * @param folder the folder of the files
   */
  Feed(List<Download> rows, int inFlight, Path folder, Cancellation cancellation) {
    this.rows = rows;
    this.free = new Semaphore(inFlight);
    this.folder = folder;
    this.cancellation = cancellation;
  }

  /**
   * Waits until a file may begin. False after a cancellation, or if all rows have failed
   * permanently.
   */
  @Override
  public boolean hasNext() {
    if (next == null && !over) {
      next = mayBegin() ? choose() : null;
      over = next == null;
    }
    return next != null;
  }

  @Override
  public ManifestRow.Good next() {
    ManifestRow.Good chosen = hasNext() ? next : null;
    if (chosen == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return chosen;
  }

  private boolean mayBegin() {
    try {
      cancellation.interruptibly(free::acquire);
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private ManifestRow.@Nullable Good choose() {
    for (int tries = 0; tries < rows.size(); tries++) {
      long chosen = number++;
      if (!failedRows.contains(chosen % rows.size())) {
        return named(rows.get((int) (chosen % rows.size())), chosen);
      }
    }
    return null;
  }

  private static ManifestRow.Good named(Download row, long name) {
    return new ManifestRow.Good(
        new Download(
            row.line(),
            TargetName.of(Long.toString(name)),
            row.source(),
            row.size(),
            row.checksums(),
            row.columns(),
            row.priority()));
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.FileEnded ended) {
      String name = ended.download().target().value();
      if (ended.outcome() instanceof Outcome.Failed failed && !failed.failure().isTransient()) {
        failedRows.add(Long.parseLong(name) % rows.size());
      }
      delete(folder.resolve(name));
      free.release();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is deleted later with its folder; a failure of that is reported.
    }
  }
}
