package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.ContentDigest.Mismatch;
import dev.bulkdl.disk.NotForcedException;
import dev.bulkdl.disk.PartFile;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Sink;
import dev.bulkdl.model.Spans;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.model.Version;
import dev.bulkdl.transfer.RoundEnd.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * The content of one file: rounds of fetching until it is complete, the proof, the final name. For
 * one thread, the file's own.
 */
final class ContentTransfer {

  /** A file that changes more often under our hands is asked for as a whole, without ranges. */
  private static final int MOST_CHANGES = 2;

  private final TransferContext context;
  private final DiskSettings disk;
  private final Download download;
  private final PartFile part;
  private final FileWork work;
  private int changes;
  private int overwrites;
  private boolean plain;
  private boolean mismatched;

  ContentTransfer(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation,
      PartFile part) {
    this.context = context;
    this.disk = context.settings().disk();
    this.download = download;
    this.part = part;
    this.work = new FileWork(download, part, progress, cancellation);
  }

  Outcome run(ResumePoint from) throws IOException {
    try {
      ResumePoint point = from;
      settle(from);
      while (true) {
        Round round = new Round(context, work, point, plain);
        Optional<Outcome> outcome =
            switch (round.run()) {
              case RoundEnd.Complete complete -> finish(complete.size(), round);
              case RoundEnd.GivenUp givenUp -> Optional.of(failed(givenUp.failure()));
              case RoundEnd.Anew anew -> beginAnew(anew);
            };
        if (outcome.isPresent()) {
          return outcome.get();
        }
        point = ResumePoint.fresh();
      }
    } catch (CancellationException e) {
      return new Outcome.Cancelled(effort());
    } catch (NotForcedException e) {
      part.keepForced();
      return failed(context.folder().failure(e));
    } catch (IOException e) {
      return failed(context.folder().failure(e));
    }
  }

  /** Makes what is on disk agree with where the file goes on. */
  private void settle(ResumePoint from) throws IOException {
    switch (from) {
      case ResumePoint.Fresh fresh -> {
        part.discard();
        if (fresh.ours() && fresh.discarded() > 0) {
          work.countDiscarded(fresh.discarded());
          tellRestart(fresh.discarded(), fresh.reason());
        }
      }
      case ResumePoint.Continue on -> {
        part.resume(on.journal(), on.done(), on.asSplit());
        work.resume(on.done().bytes(), on.journal().adopted());
        on.journal().version().total().ifPresent(work.progress()::setTotal);
      }
    }
  }

  private void tellRestart(long bytes, String reason) {
    context.emit(new TransferEvent.Restarted(download, bytes, reason));
  }

  /** Empty when the next round is to begin. */
  private Optional<Outcome> beginAnew(RoundEnd.Anew anew) throws IOException {
    if (plain && anew.why() == Why.NO_RANGES) {
      return Optional.of(failed(new Failure.Range(anew.reason())));
    }
    if (anew.why() == Why.CHANGED) {
      changes++;
    }
    plain = plain || anew.why() == Why.NO_RANGES || changes > MOST_CHANGES;
    return loseAll(anew.reason());
  }

  /** Begins with nothing; a file that the user gave goes back to its place first. */
  private Optional<Outcome> loseAll(String reason) throws IOException {
    OptionalLong adopted = work.adopted();
    long lost = work.progress().bytes();
    work.loseAll();
    if (adopted.isEmpty()) {
      part.discard();
    } else {
      part.releaseTarget(adopted.getAsLong());
      if (!disk.overwrite()) {
        return Optional.of(
            failed(
                new Failure.Exists(
                    "the file that is there is not the beginning of the remote one ("
                        + reason
                        + "); --overwrite replaces it")));
      }
    }
    if (lost > 0) {
      work.countRepeat();
      tellRestart(lost, reason);
    }
    return Optional.empty();
  }

  private Optional<Outcome> finish(long size, Round round) throws IOException {
    if (download.size().isPresent() && download.size().getAsLong() != size) {
      return Optional.of(failed(otherSize(size, download.size().getAsLong())));
    }
    Optional<Mismatch> wrong =
        work.digest().firstMismatch(part.place().part(), work.cancellation()::isCancelled);
    if (wrong.isPresent()) {
      part.checkComplete(size); // or the network would be blamed for what others did to the file
      return mismatch(wrong.get());
    }
    Optional<ClosingCheck.Change> change = closingCheck(size, round);
    return change.isPresent()
        ? overwritten(change.get(), size)
        : Optional.of(publish(size, proof(round.version())));
  }

  private Optional<ClosingCheck.Change> closingCheck(long size, Round round) {
    boolean hashed = !download.checksums().isEmpty();
    if (disk.sink() == Sink.DISCARD || !ClosingCheck.isDue(hashed, size, round.took())) {
      return Optional.empty();
    }
    return new ClosingCheck(
            context, round.requester(), work.progress(), work.cancellation(), round.version())
        .change();
  }

  /**
   * The remote file changed while it was sent, so what is here may be of both versions. A change
   * that stays doubtful is taken for servers behind one name that disagree, which the proof says.
   */
  private Optional<Outcome> overwritten(ClosingCheck.Change change, long size) throws IOException {
    overwrites++;
    if (overwrites <= MOST_CHANGES) {
      return beginAnew(
          new RoundEnd.Anew(
              Why.CHANGED, "the remote file was changed while it was sent: now " + change.how()));
    }
    if (change.isDoubtful()) {
      return Optional.of(publish(size, Proof.LENGTH));
    }
    part.discard();
    work.loseAll();
    String text =
        "the remote file was changed each of the "
            + overwrites
            + " times while it was fetched (now "
            + change.how()
            + "); run it again when the file is at rest";
    return Optional.of(failed(new Failure.Changed(text, true)));
  }

  private static Failure otherSize(long size, long wanted) {
    String text = "the manifest says " + wanted + " bytes, the server sent " + size;
    return size < wanted ? new Failure.Truncated(text) : new Failure.Changed(text);
  }

  /** A wrong hash may be the network's fault once. */
  private Optional<Outcome> mismatch(Mismatch wrong) throws IOException {
    if (mismatched) {
      part.discard();
      work.loseAll();
      return Optional.of(failed(new Failure.Checksum(wrong.toString())));
    }
    mismatched = true;
    return loseAll(wrong.toString());
  }

  private Outcome publish(long size, Proof proof) throws IOException {
    boolean forced = disk.sync().covers(size);
    if (forced && SyncPolicy.LARGE.covers(size)) {
      Forcing.begin(part, Spans.prefix(size))
          .await(work.cancellation()); // a stop may come meanwhile
    }
    if (part.publish(size, disk.overwrite(), forced)) {
      return new Outcome.Completed(size, proof, effort());
    }
    return failed(
        new Failure.Exists("another file got this name meanwhile; --overwrite replaces it"));
  }

  private Proof proof(Version version) {
    return download.hashProof().orElseGet(() -> httpProof(version));
  }

  private Proof httpProof(Version version) {
    if (version.strongEtag().isPresent()
        && version.total().isPresent()
        && work.adopted().isEmpty()) {
      return Proof.ETAG;
    }
    return version.total().isPresent() || download.size().isPresent() ? Proof.LENGTH : Proof.NONE;
  }

  private Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, effort());
  }

  private Outcome.Effort effort() {
    return work.effort(work.progress().sinceFirstConnection().orElse(Duration.ZERO));
  }
}
