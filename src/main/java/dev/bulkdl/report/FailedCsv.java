package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes failed.csv: the rows that did not complete, unchanged from the manifest, so that the file
 * is itself a manifest. Its URLs keep their credentials; therefore only its owner can read it.
 * Thread-safe.
 *
 * <p>The run can be reading an earlier failed.csv as its manifest. So the new file is a draft until
 * {@link #close}. It replaces the old file by an atomic rename, and only after the run has ended,
 * when every row is accounted for. If no row failed, no failed.csv remains.
 *
 * <p>If a failed file is requeued, only its last outcome counts: its earlier row is removed.
 *
 * <p>A stopped run can leave rows that were not started. A comment at the end states their number.
 * If the manifest of such a run is the old failed.csv itself, the old file stays, because it
 * contains all rows.
 */
public final class FailedCsv implements ReportFile {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "failed.csv";

  private final List<String> columns;
  private final Path file;
  private final Path draft;
  private final LineWriter out;
  private final DraftRows draftRows;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private volatile TransferEvent.RunStarted start =
      new TransferEvent.RunStarted("", "", Path.of(""), -1, Instant.EPOCH);
  private volatile boolean runEnded;

  private FailedCsv(List<String> columns, Path file, Path draft, LineWriter out) {
    this.columns = columns;
    this.file = file;
    this.draft = draft;
    this.out = out;
    this.draftRows = new DraftRows(out);
    draftRows.write(Csv.line(columns));
  }

  /**
   * Creates the draft.
   *
   * @param ownFolder the folder {@code .bulkdl}, which must exist
   * @param manifestColumns the manifest's header
   * @throws IOException if the draft cannot be created
   */
  public static FailedCsv create(Path ownFolder, List<String> manifestColumns) throws IOException {
    Path file = ownFolder.resolve(FILE_NAME);
    Path draft = ReportFiles.draftOf(file);
    LineWriter out = new LineWriter(ReportFiles.createPrivate(draft));
    return new FailedCsv(List.copyOf(manifestColumns), file, draft, out);
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.RunStarted started) {
      start = started;
    } else if (event instanceof TransferEvent.FileEnded file) {
      ended(file);
    } else if (event instanceof TransferEvent.Requeued again) {
      takeBack(again.download());
    } else if (event instanceof TransferEvent.RowRejected rejected) {
      ended.incrementAndGet();
      rows.incrementAndGet();
      draftRows.write(row(rejected.columns()));
    } else if (event instanceof TransferEvent.RunEnded) {
      runEnded = true;
    }
  }

  @Override
  public Optional<IOException> failure() {
    return out.failure();
  }

  @Override
  public void close() {
    long left = start.files() - ended.get();
    if (runEnded && left > 0) {
      draftRows.write(
          "# " + left + " rows were not started and are not in this file: run the manifest again");
    }
    if (!out.close()) {
      return;
    }
    try {
      publishOrDelete(left);
    } catch (IOException e) {
      out.fail(e);
    }
  }

  private void ended(TransferEvent.FileEnded file) {
    ended.incrementAndGet();
    if (isPresent(file.outcome())) {
      return;
    }
    rows.incrementAndGet();
    String row = row(file.download().columns());
    if (file.outcome() instanceof Outcome.Failed) {
      draftRows.write(row, file.download().target());
    } else {
      draftRows.write(row);
    }
  }

  /** The file was requeued: another outcome will replace this one. */
  private void takeBack(Download download) {
    ended.decrementAndGet();
    if (draftRows.takeBack(download.target())) {
      rows.decrementAndGet();
    }
  }

  private String row(Map<String, String> cells) {
    return Csv.line(columns.stream().map(column -> cells.getOrDefault(column, "")).toList());
  }

  private void publishOrDelete(long left) throws IOException {
    boolean complete = runEnded && out.failure().isEmpty() && !(left > 0 && isManifest());
    if (complete && (rows.get() > 0 || left > 0)) {
      draftRows.clean(draft);
      ReportFiles.publish(draft, file);
      return;
    }
    Files.deleteIfExists(draft);
    if (complete) {
      Files.deleteIfExists(file);
    }
  }

  private boolean isManifest() throws IOException {
    Path manifest = Path.of(start.manifest());
    return Files.exists(manifest) && Files.exists(file) && Files.isSameFile(manifest, file);
  }

  private static boolean isPresent(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed ignored -> true;
      case Outcome.Skipped ignored -> true;
      case Outcome.Failed ignored -> false;
      case Outcome.Cancelled ignored -> false;
    };
  }
}
