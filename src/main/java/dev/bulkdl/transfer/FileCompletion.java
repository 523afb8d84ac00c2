package dev.bulkdl.transfer;

import dev.bulkdl.disk.ContentDigest.Mismatch;
import dev.bulkdl.disk.OriginAttribute;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.inventory.SameSource;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.Version;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.io.IOException;
import java.util.Optional;

/**
 * The last stages of a file after its last byte: size, hash, closing check, fsync, rename. Not
 * thread-safe: the file's own thread uses it.
 */
final class FileCompletion {

  /** The next step. */
  sealed interface Step {}

  /** The file has its outcome. */
  record Ended(Outcome outcome) implements Step {}

  /** The bytes cannot be used, so the file starts again. */
  record StartAgain(String reason) implements Step {}

  private final TransferContext context;
  private final DiskSettings disk;
  private final TransferState transfer;
  private final Download download;
  private final PartFile part;
  private final Restarts restarts;

  FileCompletion(TransferContext context, TransferState transfer, Restarts restarts) {
    this.context = context;
    this.disk = context.settings().disk();
    this.transfer = transfer;
    this.download = transfer.download();
    this.part = transfer.part();
    this.restarts = restarts;
  }

  /**
   * Checks and publishes the file, or returns the reason why it starts again.
   *
   * @param size the size of the file in bytes; all bytes are written
   * @param attempt the attempt that fetched the last bytes
   */
  Step complete(long size, FetchAttempt attempt) throws IOException {
    if (download.size().isPresent() && download.size().getAsLong() != size) {
      return failed(otherSize(size, download.size().getAsLong()));
    }
    Optional<Mismatch> wrong =
        transfer.digest().firstMismatch(part.place().part(), transfer.cancellation()::isCancelled);
    if (wrong.isPresent()) {
      // otherwise the network would be blamed for a change by another program
      part.checkComplete(size);
      return mismatch(wrong.get());
    }
    Optional<ClosingCheck.Change> change = closingCheck(size, attempt);
    return change.isPresent()
        ? overwritten(change.get(), size, attempt)
        : publish(size, proof(download, attempt.version(), isAdopted()), attempt);
  }

  static Failure otherSize(long size, long wanted) {
    String text = "the manifest says " + wanted + " bytes, the server sent " + size;
    return size < wanted ? new Failure.Truncated(text) : new Failure.Changed(text);
  }

  private Step mismatch(Mismatch wrong) throws IOException {
    if (restarts.mayStartAgainAfterMismatch()) {
      return new StartAgain(wrong.toString());
    }
    part.discard();
    transfer.loseAll();
    return failed(new Failure.Checksum(wrong.toString()));
  }

  private Optional<ClosingCheck.Change> closingCheck(long size, FetchAttempt attempt) {
    boolean hashed = !download.checksums().isEmpty();
    if (disk.writeMode() == WriteMode.DISCARD
        || !ClosingCheck.isDue(hashed, size, attempt.took())) {
      return Optional.empty();
    }
    return new ClosingCheck(
            context,
            attempt.requester(),
            transfer.progress(),
            transfer.cancellation(),
            attempt.version())
        .change();
  }

  /**
   * The remote file changed during the download, so the bytes can be of both versions. A change
   * that stays doubtful means that servers behind one name disagree; then the proof is only the
   * length.
   */
  private Step overwritten(ClosingCheck.Change change, long size, FetchAttempt attempt)
      throws IOException {
    if (restarts.mayStartAgainAfterOverwrite() && restarts.mayStartAgain(Why.CHANGED)) {
      return new StartAgain("the remote file changed during the download: now " + change.how());
    }
    if (change.isDoubtful()) {
      return publish(size, Proof.LENGTH, attempt);
    }
    part.discard();
    transfer.loseAll();
    return failed(changedEachTime(restarts.overwrites(), change));
  }

  static Failure changedEachTime(int times, ClosingCheck.Change change) {
    String text =
        "the remote file changed during each of "
            + times
            + " downloads (now "
            + change.how()
            + "); run again when the file no longer changes";
    return new Failure.Changed(text, true);
  }

  private Step publish(long size, Proof proof, FetchAttempt attempt) throws IOException {
    if (context.settings().records().remoteTime()) {
      attempt.version().modified().ifPresent(part::setDate);
    }
    boolean forced = disk.sync().covers(size);
    if (forced && SyncPolicy.LARGE.covers(size)) {
      Fsync.begin(part, ByteRanges.prefix(size))
          .await(transfer.cancellation()); // a stop can end this wait
    }
    return part.publish(size, transfer.mayReplace(), forced)
        ? ended(new Outcome.Completed(size, proof, provenance(attempt), transfer.effort()))
        : failed(
            new Failure.Exists(
                "another file with this name was created meanwhile; --overwrite replaces it"));
  }

  private Step ended(Outcome.Completed completed) {
    boolean byAttribute = context.settings().records().attribute() && !context.inventory().exists();
    if (byAttribute && !isAdopted()) {
      OriginAttribute.write(
          part.place().target(), SameSource.stored(download.source()), completed.from().etag());
    }
    return new Ended(completed);
  }

  private boolean isAdopted() {
    return transfer.adopted().isPresent();
  }

  private Provenance provenance(FetchAttempt attempt) {
    return Provenance.of(
        attempt.version(),
        Optional.of(attempt.requester().finalUrl()),
        transfer.digest().computed());
  }

  /**
   * Returns the proof of complete content.
   *
   * @param version the version of all its bytes
   * @param isAdopted true if its beginning is a file of the user
   */
  static Proof proof(Download download, Version version, boolean isAdopted) {
    return download.hashProof().orElseGet(() -> httpProof(download, version, isAdopted));
  }

  private static Proof httpProof(Download download, Version version, boolean isAdopted) {
    if (version.strongEtag().isPresent() && version.total().isPresent() && !isAdopted) {
      return Proof.ETAG;
    }
    return version.total().isPresent() || download.size().isPresent() ? Proof.LENGTH : Proof.NONE;
  }

  private Step failed(Failure failure) {
    return new Ended(transfer.failed(failure));
  }
}
