package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.disk.Place;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * One file's story: what is there already, where to go on, the content round by round, the proof,
 * the final name. For one thread, the file's own.
 */
public final class FileTransfer {

  private final TransferContext context;
  private final DiskSettings disk;
  private final Download download;
  private final FileProgress progress;
  private final Cancellation cancellation;

  public FileTransfer(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation) {
    this.context = context;
    this.disk = context.settings().disk();
    this.download = download;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** Brings the file to its end, whatever that is; only bugs are thrown. */
  public Outcome run() {
    try {
      cancellation.check();
      return switch (context.folder().place(download.target())) {
        case Placed.Refused refused -> failed(refused.failure());
        case Placed.At at -> at(at.place(), at.existing());
      };
    } catch (CancellationException e) {
      return new Outcome.Cancelled(Outcome.Effort.none());
    } catch (IOException e) {
      return failed(context.folder().failure(e));
    }
  }

  private Outcome at(Place place, Optional<Existing> existing) throws IOException {
    try (PartFile part = context.folder().part(place, download.source())) {
      ExistingFileCheck check = new ExistingFileCheck(context, download, progress, cancellation);
      return switch (check.check(place, existing)) {
        case Presence.Absent ignored -> fetch(part);
        case Presence.ToReplace ignored -> fetch(part);
        case Presence.ToContinue ignored -> adopt(part);
        case Presence.Whole whole -> skipped(whole.size(), whole.proof(), part);
        case Presence.InTheWay inTheWay -> failed(inTheWay.failure());
        case Presence.Unanswered unanswered -> failed(unanswered.failure());
      };
    }
  }

  private Outcome skipped(long size, Proof proof, PartFile part) throws IOException {
    part.tidy();
    progress.setTotal(size);
    return new Outcome.Skipped(size, proof, Outcome.Effort.none());
  }

  private Outcome adopt(PartFile part) throws IOException {
    part.adoptTarget();
    return fetch(part);
  }

  private Outcome fetch(PartFile part) throws IOException {
    ResumePoint point =
        ResumePoint.of(
            part.remains(),
            context.folder().boot(),
            !download.checksums().isEmpty(),
            disk.trustSize());
    return new ContentTransfer(context, download, progress, cancellation, part).run(point);
  }

  private Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, Outcome.Effort.none());
  }
}
