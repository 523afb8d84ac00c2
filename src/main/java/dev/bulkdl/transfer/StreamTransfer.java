package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.ContentDigest.Mismatch;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Provenance;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * One file's life when its content goes to a {@link ContentSink}: fetch attempt by attempt, then
 * prove. It is the counterpart of {@link FileTransfer} without a folder, and uses one connection at
 * a time. If bytes were delivered and the remote file then changes, the file fails: a target never
 * gets bytes of two versions. Not thread-safe: the file's own thread uses it.
 */
public final class StreamTransfer {

  /** The number of further checks if servers behind one name disagree about the version. */
  private static final int MAX_FURTHER_CHECKS = 2;

  private final RequestContext context;
  private final Download download;
  private final ContentSink sink;
  private final ContentState state;
  private final Restarts restarts = new Restarts();

  public StreamTransfer(
      RequestContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation,
      ContentSink sink) {
    this.context = context;
    this.download = download;
    this.sink = sink;
    this.state = new ContentState(download, Optional.empty(), progress, cancellation);
  }

  /** Fetches the file and returns its outcome. Throws only unexpected exceptions. */
  public Outcome run() {
    try {
      state.cancellation().check();
      Optional<Failure> refused =
          download.size().stream().boxed().findFirst().flatMap(sink::expect);
      return refused.isPresent() ? state.failed(refused.get()) : fetch();
    } catch (CancellationException e) {
      Outcome.Effort effort = effortInVain();
      return sink.failure()
          .<Outcome>map(failure -> new Outcome.Failed(failure, effort))
          .orElseGet(() -> new Outcome.Cancelled(effort));
    } catch (SinkException e) {
      return new Outcome.Failed(e.failure(), effortInVain());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // StreamAttempt handles the failures of the network
    }
  }

  /**
   * Returns the work of a file that did not complete. Only bytes that reached their target count.
   */
  private Outcome.Effort effortInVain() {
    state.progress().restartFrom(sink.delivered());
    if (sink.canRestart()) {
      state.loseAll();
    }
    return state.effort();
  }

  private Outcome fetch() throws IOException {
    Optional<Outcome> outcome = Optional.empty();
    while (outcome.isEmpty()) {
      StreamAttempt attempt = new StreamAttempt(context, state, sink, restarts.isPlain());
      outcome =
          switch (attempt.run()) {
            case AttemptEnd.Complete complete -> complete(complete.size(), attempt);
            case AttemptEnd.GivenUp givenUp -> failed(givenUp.failure());
            case AttemptEnd.Anew anew -> anew(anew);
          };
    }
    return outcome.get();
  }

  private Optional<Outcome> anew(AttemptEnd.Anew anew) throws SinkException {
    if (!sink.canRestart()) {
      return failed(
          anew.why() == Why.CHANGED
              ? new Failure.Changed(afterDelivery(anew.reason()), true)
              : new Failure.Truncated(afterDelivery(anew.reason())));
    }
    return restarts.mayStartAgain(anew.why())
        ? startAgain(anew.reason())
        : failed(new Failure.Range(anew.reason()));
  }

  private String afterDelivery(String reason) {
    return reason + "; " + state.progress().bytes() + " bytes were delivered before";
  }

  private Optional<Outcome> startAgain(String reason) {
    long lost = state.progress().bytes();
    state.loseAll();
    sink.restart();
    if (lost > 0) {
      state.countRepeat();
      context.emit(new TransferEvent.Restarted(download, lost, reason));
    }
    return Optional.empty();
  }

  private Optional<Outcome> failed(Failure failure) throws SinkException {
    sink.settle(false, state.cancellation());
    return Optional.of(new Outcome.Failed(failure, effortInVain()));
  }

  /**
   * Checks the content. Returns empty if it starts again.
   *
   * @param size the size of the content in bytes; the sink has all of them
   */
  private Optional<Outcome> complete(long size, StreamAttempt attempt) throws SinkException {
    sink.settle(true, state.cancellation());
    if (download.size().isPresent() && download.size().getAsLong() != size) {
      return failed(FileCompletion.otherSize(size, download.size().getAsLong()));
    }
    Optional<Mismatch> wrong = state.digest().firstMismatch();
    if (wrong.isPresent()) {
      return sink.canRestart() && restarts.mayStartAgainAfterMismatch()
          ? startAgain(wrong.get().toString())
          : failed(new Failure.Checksum(wrong.get().toString()));
    }
    if (!ClosingCheck.isDue(!download.checksums().isEmpty(), size, attempt.took())) {
      return completed(size, FileCompletion.proof(download, attempt.version(), false), attempt);
    }
    return checked(size, attempt);
  }

  private Optional<Outcome> checked(long size, StreamAttempt attempt) throws SinkException {
    ClosingCheck check =
        new ClosingCheck(
            context,
            attempt.requester(),
            state.progress(),
            state.cancellation(),
            attempt.version());
    Optional<ClosingCheck.Change> change = check.change();
    if (change.isEmpty()) {
      return completed(size, FileCompletion.proof(download, attempt.version(), false), attempt);
    }
    return sink.canRestart()
        ? overwritten(size, change.get(), attempt)
        : overwrittenAfterDelivery(size, change.get(), check, attempt);
  }

  private Optional<Outcome> overwritten(
      long size, ClosingCheck.Change change, StreamAttempt attempt) throws SinkException {
    if (restarts.mayStartAgainAfterOverwrite() && restarts.mayStartAgain(Why.CHANGED)) {
      return startAgain("the remote file was changed while it was sent: now " + change.how());
    }
    return change.isDoubtful()
        ? completed(size, Proof.LENGTH, attempt)
        : failed(FileCompletion.changedEachTime(restarts.overwrites(), change));
  }

  /**
   * Delivered bytes cannot be fetched again. Therefore a doubtful change is checked again: if one
   * server still has the same version, the servers only disagree.
   */
  private Optional<Outcome> overwrittenAfterDelivery(
      long size, ClosingCheck.Change change, ClosingCheck check, StreamAttempt attempt)
      throws SinkException {
    Optional<ClosingCheck.Change> last = Optional.of(change);
    for (int i = 0; i < MAX_FURTHER_CHECKS && last.isPresent() && last.get().isDoubtful(); i++) {
      last = check.change();
    }
    return last.isEmpty()
        ? completed(size, Proof.LENGTH, attempt)
        : failed(
            new Failure.Changed(
                "the remote file was changed while it was sent: now " + last.get().how(), true));
  }

  private Optional<Outcome> completed(long size, Proof proof, StreamAttempt attempt) {
    Provenance from =
        Provenance.of(
            attempt.version(),
            Optional.of(attempt.requester().finalUrl()),
            state.digest().computed());
    return Optional.of(new Outcome.Completed(size, proof, from, state.effort()));
  }
}
