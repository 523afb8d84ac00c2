package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.FilePaths;
import dev.bulkdl.disk.FsyncFailedException;
import dev.bulkdl.disk.OutputFolder.Existing;
import dev.bulkdl.disk.OutputFolder.Placed;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * The stages of one file: find its paths, check the existing file, find the resume point, fetch
 * attempt by attempt, then check and publish it ({@link FileCompletion}). Not thread-safe: the
 * file's own thread uses it.
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

  /**
   * Runs the file to its end and returns the outcome. Every failure is an outcome; only bugs are
   * thrown.
   */
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

  private Outcome at(FilePaths place, Optional<Existing> existing) throws IOException {
    try (PartFile part = context.folder().part(place, download.source())) {
      ExistingFileCheck check = new ExistingFileCheck(context, download, progress, cancellation);
      return switch (check.check(place, existing)) {
        case ExistingFile.Absent ignored -> fetch(part, disk.existing().overwrite());
        case ExistingFile.ToReplace ignored -> fetch(part, true);
        case ExistingFile.ToContinue ignored -> {
          part.adoptTarget();
          yield fetch(part, disk.existing().overwrite());
        }
        case ExistingFile.Whole whole -> skipped(whole, part, check);
        case ExistingFile.InTheWay inTheWay -> failed(inTheWay.failure());
        case ExistingFile.Unanswered unanswered -> failed(unanswered.failure());
      };
    }
  }

  /** The server's validators are not those of these bytes, so only the hashes are known. */
  private Outcome skipped(ExistingFile.Whole whole, PartFile part, ExistingFileCheck check)
      throws IOException {
    part.tidy();
    progress.setTotal(whole.size());
    List<Checksum> hashes =
        new ArrayList<>(
            download.checksums().stream()
                .filter(hash -> whole.proof() == hash.algorithm().proof())
                .toList());
    Optional<Algorithm> wanted = context.settings().records().hash();
    if (wanted.isPresent()
        && hashes.stream().noneMatch(hash -> hash.algorithm() == wanted.get())
        && !check.hasRecorded(wanted.get())) {
      hashes.add(check.hash(part.place(), wanted.get()));
    }
    return new Outcome.Skipped(
        whole.size(),
        whole.proof(),
        Provenance.of(Version.UNKNOWN, Optional.empty(), hashes),
        Outcome.Effort.none());
  }

  private Outcome fetch(PartFile part, boolean mayReplace) throws IOException {
    TransferState transfer =
        new TransferState(
            download, context.settings().records().hash(), part, progress, cancellation);
    transfer.setMayReplace(mayReplace);
    try {
      return fetch(transfer, resumePoint(part));
    } catch (CancellationException e) {
      return new Outcome.Cancelled(transfer.effort());
    } catch (FsyncFailedException e) {
      part.keepForced();
      return transfer.failed(context.folder().failure(e));
    } catch (IOException e) {
      return transfer.failed(context.folder().failure(e));
    }
  }

  private ResumePoint resumePoint(PartFile part) throws IOException {
    boolean hashed = !download.checksums().isEmpty();
    return ResumePoint.of(
        part.remains(), context.folder().boot(), hashed, disk.existing().trustSize());
  }

  /**
   * Runs attempts until the file has an outcome. Each one continues from what the attempt before
   * has left.
   */
  private Outcome fetch(TransferState transfer, ResumePoint from) throws IOException {
    Restarts restarts = new Restarts();
    FileCompletion completion = new FileCompletion(context, transfer, restarts);
    ResumePoint point = from;
    prepare(transfer, from);
    while (true) {
      FetchAttempt attempt = new FetchAttempt(context, transfer, point, restarts.isPlain());
      FileCompletion.Step step =
          switch (attempt.run()) {
            case AttemptEnd.Complete complete -> completion.complete(complete.size(), attempt);
            case AttemptEnd.GivenUp givenUp ->
                new FileCompletion.Ended(transfer.failed(givenUp.failure()));
            case AttemptEnd.Anew anew ->
                restarts.mayStartAgain(anew.why())
                    ? new FileCompletion.StartAgain(anew.reason())
                    : new FileCompletion.Ended(transfer.failed(new Failure.Range(anew.reason())));
          };
      Optional<Outcome> outcome =
          switch (step) {
            case FileCompletion.Ended ended -> Optional.of(ended.outcome());
            case FileCompletion.StartAgain again -> discard(transfer, again.reason());
          };
      if (outcome.isPresent()) {
        return outcome.get();
      }
      point = ResumePoint.fresh();
    }
  }

  /** Makes the partial file match the resume point. */
  private void prepare(TransferState transfer, ResumePoint from) throws IOException {
    switch (from) {
      case ResumePoint.Fresh fresh -> {
        transfer.part().discard();
        if (fresh.ours() && fresh.discarded() > 0) {
          transfer.countDiscarded(fresh.discarded());
          context.emit(new TransferEvent.Restarted(download, fresh.discarded(), fresh.reason()));
        }
      }
      case ResumePoint.Continue on -> {
        transfer.part().resume(on.journal(), on.done(), on.asSplit());
        transfer.resume(on.done().bytes(), on.journal().adopted());
        on.journal().version().total().ifPresent(progress::setTotal);
      }
    }
  }

  /**
   * Discards the bytes, so that the file starts from its first byte. An adopted file of the user
   * gets its name back.
   *
   * @return the outcome if that file is in the way; empty if the file can start again
   */
  private Optional<Outcome> discard(TransferState transfer, String reason) throws IOException {
    OptionalLong adopted = transfer.adopted();
    long lost = progress.bytes();
    transfer.loseAll();
    if (adopted.isEmpty()) {
      transfer.part().discard();
    } else {
      transfer.part().releaseTarget(adopted.getAsLong());
      if (!disk.existing().overwrite()) {
        String text =
            "the existing file is not the beginning of the remote file ("
                + reason
                + "); --overwrite replaces it";
        return Optional.of(transfer.failed(new Failure.Exists(text)));
      }
    }
    if (lost > 0) {
      transfer.countRepeat();
      context.emit(new TransferEvent.Restarted(download, lost, reason));
    }
    return Optional.empty();
  }

  private Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, Outcome.Effort.none());
  }
}
