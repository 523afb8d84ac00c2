package dev.bulkdl.transfer;

import dev.bulkdl.disk.NotForcedException;
import dev.bulkdl.http.Answer;
import dev.bulkdl.model.BodyChannel;
import dev.bulkdl.model.BodyException;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.transfer.RoundEnd.Why;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Fetches one segment after another over one connection. The first worker of a round waits for its
 * permit and decides when the file is given up; a helper leaves as soon as it is not wanted. For
 * one thread.
 */
final class Worker {

  private static final int MOST_WRONG_RANGES = 2;

  private final Round round;
  private final FileWork work;
  private final Seat seat;
  private final boolean first;
  private final Recovery recovery;
  private final Pace pace;
  private int wrongRanges;

  /** Whether nobody else had a connection when this asked: while it waits, nobody else comes. */
  private boolean askedAlone;

  Worker(Round round, Seat seat, boolean first) {
    this.round = round;
    this.work = round.work();
    this.seat = seat;
    this.first = first;
    RetryBudget budget = first ? work.budget() : new RetryBudget(); // one cut of all is no four
    this.pace = round.map().newPace();
    this.recovery = new Recovery(round.context(), work.download(), round.cancellation(), budget);
  }

  /** Works until there is nothing left to do, or the round has ended. */
  void run() {
    try (seat;
        SegmentCopy copy = new SegmentCopy(round, seat, !first)) {
      boolean wanted = true;
      while (wanted && !round.cancellation().isCancelled()) {
        wanted = fetchNext(copy);
      }
    } catch (CancellationException e) {
      // The round has ended, or the file is to stop: whoever said so goes on. Or the connection is
      // wanted back: then this worker leaves, and if it was the first, another one takes its place.
    } catch (NotForcedException e) {
      round.notForced(e);
    } catch (IOException e) {
      round.end(new RoundEnd.GivenUp(round.context().folder().failure(e)));
    } catch (RuntimeException | Error e) {
      round.bug(e);
    }
  }

  /** False when this worker is to leave. */
  private boolean fetchNext(SegmentCopy copy) throws IOException {
    Optional<Segment> claimed = round.map().claim(pace);
    if (claimed.isEmpty()) {
      return false;
    }
    Segment segment = claimed.get();
    Optional<Failure> failure;
    askedAlone = round.isAlone();
    try {
      Optional<Answer> answer =
          round
              .requester()
              .ask(
                  Requester.Question.content(round.range(segment), round.version().ifRange()),
                  seat);
      if (answer.isEmpty()) {
        return false; // another file waits for the connection
      }
      work.countRequest();
      failure = take(answer.get(), segment, copy);
    } finally {
      giveBack(segment, copy);
    }
    return failure.isEmpty() || recover(failure.get(), segment);
  }

  private void giveBack(Segment segment, SegmentCopy copy) throws IOException {
    try {
      copy.note(segment);
    } finally {
      round.map().giveBack(segment);
      round.endIfFetched();
    }
  }

  /** Uses the answer; the failure, if the segment is to be asked for again later. */
  private Optional<Failure> take(Answer answer, Segment segment, SegmentCopy copy)
      throws IOException {
    Ruling ruling = Ruling.of(answer, asked(segment));
    if (ruling instanceof Ruling.Stream content) {
      Optional<Failure> failure = stream(content, segment, copy);
      failure.ifPresent(ignored -> seat.countError());
      return failure;
    }
    answer.close();
    return switch (ruling) {
      case Ruling.Stream ignored -> throw new IllegalStateException("streamed above");
      case Ruling.Repeat repeat -> repeatable(repeat.failure());
      case Ruling.GiveUp giveUp -> refused(giveUp.failure());
      case Ruling.Finished finished -> {
        round.map().learnTotal(finished.size());
        yield Optional.empty();
      }
      case Ruling.Alone alone -> leaveToOne(alone.reason());
      case Ruling.Anew anew -> {
        round.end(new RoundEnd.Anew(anew.why(), anew.reason()));
        yield Optional.empty();
      }
    };
  }

  private Ruling.Asked asked(Segment segment) {
    return new Ruling.Asked(
        segment.position(),
        round.range(segment).isPresent(),
        round.version(),
        work.download().size(),
        round.takesOnTrust());
  }

  /** Wrong ranges are asked for once more and then given up. */
  private Optional<Failure> repeatable(Failure failure) {
    if (failure instanceof Failure.Range && ++wrongRanges >= MOST_WRONG_RANGES) {
      round.end(new RoundEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private Optional<Failure> leaveToOne(String reason) {
    if (first) {
      round.end(new RoundEnd.Anew(Why.NO_RANGES, reason));
      return Optional.empty();
    }
    return Optional.of(new Failure.Range(reason));
  }

  /** A refusal beside other connections may be one of too many, and says nothing about the file. */
  private Optional<Failure> refused(Failure failure) {
    if (first && askedAlone) {
      round.end(new RoundEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private Optional<Failure> stream(Ruling.Stream content, Segment segment, SegmentCopy copy)
      throws IOException {
    try (BodyChannel body = content.body()) {
      if (!round.accept(content)) {
        return Optional.empty();
      }
      if (!round.isResumable()) {
        seat.keep();
      }
      boolean ended = copy.copy(body, segment, content.end());
      return ended ? shortfall(content, segment) : Optional.empty();
    } catch (BodyException e) {
      return segment.isDone() ? Optional.empty() : Optional.of(e.failure()); // or others have it
    }
  }

  /** The body has ended properly: with all that it promised, or not. */
  private Optional<Failure> shortfall(Ruling.Stream content, Segment segment) {
    if (content.end() == SegmentMap.OPEN) {
      round.map().learnTotal(segment.position());
    } else if (segment.position() < Math.min(content.end(), segment.end())) {
      return Optional.of(new Failure.Truncated("the content is shorter than its range"));
    }
    return Optional.empty();
  }

  /** Waits as the failure demands, without a permit; false when this worker is to leave. */
  private boolean recover(Failure failure, Segment segment) {
    Origin origin = round.requester().origin();
    if (askedAlone) {
      round.sendHelpersAgain();
    } else if (segment.position() == segment.start()) {
      round.sendNoMoreHelpers(failure); // before its permit is free for one
      seat.close();
      recovery.respectThrottle(failure, origin);
      return false;
    }
    seat.close();
    if (!recovery.awaitNextAttempt(failure, origin, round.map().written().bytes())) {
      if (first) {
        round.end(new RoundEnd.GivenUp(failure));
      }
      return false;
    }
    if (first && !round.isResumable() && segment.position() > 0) {
      round.end(new RoundEnd.Anew(Why.NOT_PROVABLE, failure.text()));
      return false;
    }
    work.countRepeat();
    return true;
  }
}
