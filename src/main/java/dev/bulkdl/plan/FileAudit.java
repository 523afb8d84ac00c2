package dev.bulkdl.plan;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.ManifestRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Checks the files of all rows, on as many threads as there are processors: hashing keeps a
 * processor busy, and each thread takes the next row when it has done with one. For one pass.
 */
public final class FileAudit {

  private final FileCheck check;
  private final Cancellation cancellation;
  private final ReentrantLock rowsLock = new ReentrantLock();
  private final ReentrantLock findingsLock = new ReentrantLock();
  private final FirstError bug = new FirstError();

  /**
   * @param folder {@link OutputFolder#look looked at}
   * @param cancellation ends the pass
   */
  public FileAudit(OutputFolder folder, Cancellation cancellation) {
    this.check = new FileCheck(folder, cancellation::isCancelled);
    this.cancellation = cancellation;
  }

  /**
   * Checks all rows.
   *
   * @param found is given the name and the finding of each row, in any order, never twice at one
   *     time
   * @return false when the pass was stopped before its end
   * @throws RuntimeException what a bug, the rows or {@code found} threw
   */
  public boolean check(Iterator<? extends ManifestRow> rows, BiConsumer<String, Finding> found) {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      workers.add(Thread.ofPlatform().name("check-" + i).start(() -> work(rows, found)));
    }
    workers.forEach(FileAudit::joinFully);
    bug.rethrow();
    return !cancellation.isCancelled();
  }

  private void work(Iterator<? extends ManifestRow> rows, BiConsumer<String, Finding> found) {
    try {
      Optional<ManifestRow> row = next(rows);
      while (row.isPresent()) {
        check(row.get(), found);
        row = next(rows);
      }
    } catch (CancellationException e) {
      // The pass was stopped: the file in hand stays unchecked.
    } catch (RuntimeException | Error e) {
      bug.met(e);
      cancellation.cancel();
    }
  }

  private Optional<ManifestRow> next(Iterator<? extends ManifestRow> rows) {
    rowsLock.lock();
    try {
      return !cancellation.isCancelled() && rows.hasNext()
          ? Optional.of(rows.next())
          : Optional.empty();
    } finally {
      rowsLock.unlock();
    }
  }

  private void check(ManifestRow row, BiConsumer<String, Finding> found) {
    switch (row) {
      case ManifestRow.Good good ->
          tell(found, good.download().target().value(), check.check(good.download()));
      case ManifestRow.Bad bad ->
          tell(found, "line " + bad.line(), new Finding.BadRow(bad.errors().getFirst().reason()));
    }
  }

  private void tell(BiConsumer<String, Finding> found, String name, Finding finding) {
    findingsLock.lock();
    try {
      found.accept(name, finding);
    } finally {
      findingsLock.unlock();
    }
  }

  private static void joinFully(Thread worker) {
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
