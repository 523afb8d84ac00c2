package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.ContentDigest;
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
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

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
      Presence presence =
          Presence.of(existing, download.size(), !download.checksums().isEmpty(), disk);
      return byPresence(presence, existing.map(Existing::size).orElse(0L), part);
    }
  }

  private Outcome byPresence(Presence presence, long size, PartFile part) throws IOException {
    return switch (presence) {
      case Presence.Absent ignored -> fetch(part);
      case Presence.ToReplace ignored -> fetch(part);
      case Presence.Whole ignored -> skipped(size, Proof.LENGTH, part);
      case Presence.InTheWay inTheWay -> failed(inTheWay.failure());
      case Presence.ToContinue ignored -> adopt(part);
      case Presence.ToHash ignored -> hash(size, part);
      case Presence.ToCompare ignored -> compare(size, part, told -> bySize(size, told));
    };
  }

  private Outcome skipped(long size, Proof proof, PartFile part) throws IOException {
    part.tidy();
    progress.setTotal(size);
    return new Outcome.Skipped(size, proof, Outcome.Effort.none());
  }

  private Outcome hash(long size, PartFile part) throws IOException {
    if (isAsWanted(part)) {
      return skipped(size, hashProof(), part);
    }
    boolean lengthMatters = download.size().isEmpty() && disk.continueExisting();
    return lengthMatters
        ? compare(size, part, told -> Presence.ofOther(size, told, disk))
        : byPresence(Presence.ofOther(size, download.size(), disk), size, part);
  }

  /** As many files are hashed at one time as there are processors. */
  private boolean isAsWanted(PartFile part) throws IOException {
    cancellation.interruptibly(context.hashing()::acquire);
    try {
      return new ContentDigest(download.checksums())
          .firstMismatch(part.place().target(), cancellation::isCancelled)
          .isEmpty();
    } finally {
      context.hashing().release();
    }
  }

  private Presence bySize(long size, OptionalLong told) {
    return told.isPresent()
        ? Presence.of(Optional.of(new Existing(true, size)), told, false, disk)
        : Presence.ofOther(size, told, disk);
  }

  /** Asks the server for the length that the manifest does not tell, and judges by it. */
  private Outcome compare(long size, PartFile part, Function<OptionalLong, Presence> judge)
      throws IOException {
    return switch (new LengthQuestion(context, download, progress, cancellation).ask()) {
      case LengthQuestion.Told told ->
          byPresence(judge.apply(OptionalLong.of(told.bytes())), size, part);
      case LengthQuestion.Untold ignored ->
          byPresence(judge.apply(OptionalLong.empty()), size, part);
      case LengthQuestion.Refused refused -> failed(refused.failure());
    };
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

  private Proof hashProof() {
    return ContentTransfer.hashProof(download).orElse(Proof.LENGTH);
  }

  private Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, Outcome.Effort.none());
  }
}
