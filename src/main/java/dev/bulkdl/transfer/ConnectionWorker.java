package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.content.BodyException;
import dev.bulkdl.disk.FsyncFailedException;
import dev.bulkdl.disk.PartChannel;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Fetches one segment after another over one connection. The first connection of an attempt waits
 * for its permit and decides when the file fails. A helper connection leaves as soon as it is not
 * needed. Not thread-safe: one thread uses it.
 */
final class ConnectionWorker {

  /** An answer that takes this long comes over a link that is worth a second connection at once. */
  private static final long FAR_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A connection hangs if it has brought no byte for this time, and for this many answers. */
  private static final long HANG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int HANG_ANSWERS = 4;

  private final AttemptState attempt;
  private final HelperConnections helpers;
  private final TransferState transfer;
  private final ConnectionSlot slot;
  private final boolean first;
  private final Recovery recovery;
  private final Throughput throughput;
  private final Turns turns = new Turns();
  private int wrongRanges;

  /**
   * Whether the file had no other connection when this one sent its request; none is started until
   * the response.
   */
  private boolean wasAlone;

  /**
   * @param first whether this is the first connection, which stays until the attempt ends
   */
  ConnectionWorker(
      AttemptState attempt, HelperConnections helpers, ConnectionSlot slot, boolean first) {
    this.attempt = attempt;
    this.helpers = helpers;
    this.transfer = attempt.transfer();
    this.slot = slot;
    this.first = first;
    // A dropout that cuts all connections of a file counts as one failure: the first one's.
    RetryBudget budget = first ? transfer.budget() : new RetryBudget();
    this.throughput = attempt.map().newThroughput();
    this.recovery =
        new Recovery(attempt.context(), transfer.download(), attempt.cancellation(), budget);
  }

  /** Works until nothing is left to do, or the attempt has ended. */
  void run() {
    try (slot;
        PartWriter part = new PartWriter(attempt)) {
      boolean wanted = true;
      while (wanted && !attempt.cancellation().isCancelled()) {
        wanted = fetchNext(part);
      }
    } catch (CancellationException e) {
      // The attempt has ended, the file is to stop, or the permit was revoked. After a revocation
      // this worker leaves; if it was the first, another one takes its place.
    } catch (FsyncFailedException e) {
      attempt.fsyncFailed(e);
    } catch (IOException e) {
      attempt.end(new AttemptEnd.GivenUp(attempt.context().folder().failure(e)));
    } catch (RuntimeException | Error e) {
      attempt.failed(e);
    }
  }

  /** Returns false if this worker is to leave. */
  private boolean fetchNext(PartWriter part) throws IOException {
    if (!first && slot.isHeld() && helpers.isNeededElsewhere()) {
      return false;
    }
    Optional<Segment> claimed = attempt.map().claim(throughput);
    if (claimed.isEmpty()) {
      return false;
    }
    Segment segment = claimed.get();
    Optional<Failure> failure;
    wasAlone = helpers.isAlone();
    try {
      Optional<FetchResponse> answer =
          attempt
              .requester()
              .ask(
                  Requester.Question.content(attempt.range(segment), attempt.version().ifRange()),
                  slot);
      if (answer.isEmpty()) {
        return false; // another file waits for this permit
      }
      transfer.countRequest();
      attempt.pieces().answered(slot.answerNanos());
      failure = take(answer.get(), segment, part);
    } finally {
      giveBack(segment, part);
    }
    return failure.isEmpty() || recover(failure.get(), segment);
  }

  private void giveBack(Segment segment, PartWriter part) throws IOException {
    try {
      part.note(segment);
    } finally {
      attempt.map().giveBack(segment);
      attempt.cancelIfFetched();
    }
  }

  /** Handles the response. Returns the failure if the segment is to be requested again later. */
  private Optional<Failure> take(FetchResponse answer, Segment segment, PartWriter part)
      throws IOException {
    ResponseDecision decision = ResponseDecision.of(answer, asked(segment));
    if (decision instanceof ResponseDecision.Stream content) {
      Optional<Failure> failure = stream(content, segment, part);
      failure.ifPresent(ignored -> slot.countError());
      return failure;
    }
    answer.close();
    return switch (decision) {
      case ResponseDecision.Stream ignored -> throw new IllegalStateException("streamed above");
      case ResponseDecision.Repeat repeat -> repeatable(repeat.failure());
      case ResponseDecision.GiveUp giveUp -> refused(giveUp.failure());
      case ResponseDecision.Finished finished -> {
        attempt.map().learnTotal(finished.size());
        yield Optional.empty();
      }
      case ResponseDecision.Alone alone -> leaveToOne(alone.reason());
      case ResponseDecision.Anew anew -> {
        attempt.end(new AttemptEnd.Anew(anew.why(), anew.reason()));
        yield Optional.empty();
      }
    };
  }

  private ResponseDecision.Asked asked(Segment segment) {
    return new ResponseDecision.Asked(
        segment.position(),
        attempt.range(segment).isPresent(),
        attempt.version(),
        transfer.download().size(),
        attempt.takesOnTrust());
  }

  /** A second wrong range fails the file. */
  private Optional<Failure> repeatable(Failure failure) {
    if (failure instanceof Failure.Range && ++wrongRanges >= ResponseDecision.MAX_WRONG_RANGES) {
      attempt.end(new AttemptEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private Optional<Failure> leaveToOne(String reason) {
    if (first) {
      attempt.end(new AttemptEnd.Anew(Why.NO_RANGES, reason));
      return Optional.empty();
    }
    return Optional.of(new Failure.Range(reason));
  }

  /**
   * A refusal while other connections are open can mean "too many connections" and does not condemn
   * the file. Neither does 403 from a host that refuses by it.
   */
  private Optional<Failure> refused(Failure failure) {
    boolean isRefusal =
        attempt.context().permits().allowances().isRefusal(failure, attempt.requester().origin());
    if (first && wasAlone && !isRefusal) {
      attempt.end(new AttemptEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private Optional<Failure> stream(
      ResponseDecision.Stream content, Segment segment, PartWriter part) throws IOException {
    try (PacedBody body =
        attempt.context().paced(content.body(), attempt.requester().origin(), slot)) {
      if (!attempt.accept(content)) {
        return Optional.empty();
      }
      if (!attempt.isResumable()) {
        slot.keep();
      }
      segment.over(body.connection());
      boolean ended = copy(body, segment, content.end(), part);
      return ended ? shortfall(content, segment) : Optional.empty();
    } catch (BodyException e) {
      // or other connections received it
      return segment.isDone() ? Optional.empty() : Optional.of(e.failure());
    }
  }

  /**
   * Writes the body from the buffer in which it arrived, until the body or the segment ends.
   *
   * @param end the offset behind the body's last byte; {@link SegmentMap#OPEN} if unknown: then the
   *     attempt ends if more arrives than is allowed
   * @return whether the body ended
   * @throws dev.bulkdl.content.BodyException if the network fails
   * @throws IOException if the disk fails
   */
  private boolean copy(PacedBody body, Segment segment, long end, PartWriter part)
      throws IOException {
    PartChannel target = part.channel();
    BodyChannel content = target.prepare(body, segment.position(), segment::end);
    body.onLongWait(waited -> longWait(segment, waited));
    Bottleneck bottleneck =
        new Bottleneck(attempt.context().ticker(), !first || slot.answerNanos() >= FAR_NANOS);
    boolean open = end == SegmentMap.OPEN;
    RoomWatch room = new RoomWatch(attempt.context().folder());
    long limit = open ? Math.max(attempt.bound().maxBytes(), segment.position()) : end;
    while (!segment.isDone()) {
      ByteBuffer lent = content.lend();
      slot.cancellation().check();
      if (lent.hasRemaining()) {
        attempt.arrivals().arrived();
      }
      long promised = Math.min(lent.remaining(), limit - segment.position());
      if (open && promised == 0 && lent.hasRemaining()) {
        attempt.end(new AttemptEnd.GivenUp(attempt.bound().surplus()));
        return false;
      }
      int count = attempt.map().reserve(segment, (int) promised);
      if (count == 0) {
        return promised == 0;
      }
      transfer.digest().offer(segment.position(), lent, count);
      target.transferFrom(content, segment.position(), count);
      segment.advance(count);
      slot.received(count, !body.isHeldBack() && !bottleneck.isMachine());
      part.wrote(segment, count);
      if (open) {
        room.wrote(count).ifPresent(full -> attempt.end(new AttemptEnd.GivenUp(full)));
      }
      boolean network = bottleneck.isNetwork(content.waitedNanos());
      if (!body.isHeldBack() && (network || attempt.context().hasIdleProcessors())) {
        helpers.startIfUseful();
      }
      attempt.context().gate().pass(slot.cancellation());
      slot.awaitResumed();
      turns.received(count);
    }
    return false;
  }

  /** A segment that hangs can be short, and nobody else of its file may be there to take it. */
  private void longWait(Segment segment, long waited) throws IOException {
    if (waited >= Math.max(HANG_NANOS, HANG_ANSWERS * slot.answerNanos())) {
      attempt.map().hangs(segment);
    }
    helpers.startIfUseful();
  }

  /** Checks a body that ended properly: it can still be shorter than stated. */
  private Optional<Failure> shortfall(ResponseDecision.Stream content, Segment segment) {
    if (content.end() == SegmentMap.OPEN) {
      attempt.map().learnTotal(segment.position());
    } else if (segment.position() < Math.min(content.end(), segment.end())) {
      return Optional.of(new Failure.Truncated("the content is shorter than its range"));
    }
    return Optional.empty();
  }

  /** Waits as the failure demands, without a permit. Returns false if this worker is to leave. */
  private boolean recover(Failure failure, Segment segment) {
    Origin origin = attempt.requester().origin();
    if (wasAlone) {
      helpers.startAgain();
    } else if (segment.position() == segment.start()) {
      helpers.stopStarting(failure); // before its permit is free for another one
      slot.close();
      recovery.respectThrottle(failure, origin);
      return false;
    }
    slot.close();
    if (!recovery.awaitNextAttempt(failure, origin, attempt.map().written().bytes())) {
      if (first) {
        attempt.end(new AttemptEnd.GivenUp(failure));
      }
      return false;
    }
    if (first && !attempt.isResumable() && segment.position() > 0) {
      attempt.end(new AttemptEnd.Anew(Why.NOT_PROVABLE, failure.text()));
      return false;
    }
    transfer.countRepeat();
    return true;
  }
}
