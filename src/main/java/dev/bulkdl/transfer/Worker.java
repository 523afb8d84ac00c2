package dev.bulkdl.transfer;

import dev.bulkdl.http.Answer;
import dev.bulkdl.model.BodyChannel;
import dev.bulkdl.model.BodyException;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Spans;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.transfer.RoundEnd.Why;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one segment after another over one connection. The first worker of a round waits for its
 * permit and decides when the file is given up; a helper leaves as soon as it is not wanted. For
 * one thread.
 */
final class Worker {

  /** At most this many bytes of a segment are missing in the journal. */
  private static final long NOTE_EVERY = 4L << 20;

  /** Forced this often, so that a loss of power costs no more. */
  private static final long FORCE_EVERY = 512L << 20;

  private static final int MOST_WRONG_RANGES = 2;

  private final Round round;
  private final TransferContext context;
  private final FileWork work;
  private final Seat seat;
  private final boolean first;
  private final Recovery recovery;
  private @Nullable FileChannel file;
  private long unforced;
  private int wrongRanges;

  Worker(Round round, Seat seat, boolean first) {
    this.round = round;
    this.context = round.context();
    this.work = round.work();
    this.seat = seat;
    this.first = first;
    this.recovery = new Recovery(context, work.download(), round.cancellation(), work.budget());
  }

  /** Works until there is nothing left to do, or the round has ended. */
  void run() {
    try (seat) {
      while (!round.cancellation().isCancelled() && fetchNext()) {}
    } catch (CancellationException e) {
      // The round has ended, or the file is to stop: whoever said so goes on.
    } catch (IOException e) {
      round.end(new RoundEnd.GivenUp(context.folder().failure(e)));
    } catch (RuntimeException | Error e) {
      round.bug(e);
    } finally {
      closeFile();
    }
  }

  private void closeFile() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      round.end(new RoundEnd.GivenUp(context.folder().failure(e)));
    }
  }

  /** False when this worker is to leave. */
  private boolean fetchNext() throws IOException {
    Optional<Segment> claimed = round.map().claim();
    if (claimed.isEmpty()) {
      return false;
    }
    Segment segment = claimed.get();
    Optional<Failure> failure;
    try {
      Optional<Answer> answer =
          round.requester().ask(round.range(segment), round.version().ifRange(), seat);
      if (answer.isEmpty()) {
        return false; // another file waits for the connection
      }
      work.countAttempt();
      failure = take(answer.get(), segment);
    } finally {
      note(segment);
      round.map().giveBack(segment);
    }
    return failure.isEmpty() || recover(failure.get(), segment);
  }

  /**
   * Does what the answer is good for; the failure, if the segment is to be asked for again later.
   */
  private Optional<Failure> take(Answer answer, Segment segment) throws IOException {
    Ruling ruling =
        Ruling.of(
            answer,
            new Ruling.Asked(
                segment.position(),
                round.range(segment).isPresent(),
                round.version(),
                work.download().size(),
                round.takesOnTrust()));
    switch (ruling) {
      case Ruling.Stream content -> {
        return stream(content, segment);
      }
      case Ruling.Repeat repeat -> {
        answer.close();
        return repeatable(repeat.failure());
      }
      case Ruling.Finished finished -> round.map().learnTotal(finished.size());
      case Ruling.Alone alone -> {
        answer.close();
        leaveToOne(alone.reason());
      }
      case Ruling.Anew anew -> {
        answer.close();
        round.end(new RoundEnd.Anew(anew.why(), anew.reason()));
      }
      case Ruling.GiveUp giveUp -> {
        answer.close();
        return refused(giveUp.failure());
      }
    }
    return Optional.empty();
  }

  /** Wrong ranges are asked for once more and then given up. */
  private Optional<Failure> repeatable(Failure failure) {
    if (failure instanceof Failure.Range && ++wrongRanges >= MOST_WRONG_RANGES) {
      round.end(new RoundEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private void leaveToOne(String reason) {
    if (first) {
      round.end(new RoundEnd.Anew(Why.NO_RANGES, reason));
    } else {
      round.sendNoMoreHelpers();
    }
  }

  /** A redirect target may have expired; a helper's refusal says nothing about the file. */
  private Optional<Failure> refused(Failure failure) {
    if (first && !round.requester().refresh(failure)) {
      round.end(new RoundEnd.GivenUp(failure));
      return Optional.empty();
    }
    return Optional.of(failure);
  }

  private Optional<Failure> stream(Ruling.Stream content, Segment segment) throws IOException {
    try (BodyChannel body = content.body()) {
      if (!round.accept(content)) {
        return Optional.empty();
      }
      copy(body, segment);
      if (content.end() == SegmentMap.OPEN) {
        round.map().learnTotal(segment.position());
      }
      return Optional.empty();
    } catch (BodyException e) {
      return Optional.of(e.failure());
    }
  }

  /**
   * The way of the bytes: what the network delivered is written from the buffer in which it came.
   */
  private void copy(BodyChannel body, Segment segment) throws IOException {
    FileChannel part = file();
    while (true) {
      ByteBuffer lent = body.lend();
      int count = round.map().reserve(segment, lent.remaining());
      if (count == 0) {
        return;
      }
      work.digest().offer(segment.position(), lent, count);
      part.transferFrom(body, segment.position(), count);
      segment.advance(count);
      work.progress().add(count);
      keepSafe(part, segment, count);
      round.growIfPossible();
      context.gate().pass(round.cancellation());
      round.cancellation().check();
    }
  }

  private FileChannel file() throws IOException {
    FileChannel open = file;
    if (open == null) {
      open = work.part().open();
      file = open;
    }
    return open;
  }

  private void keepSafe(FileChannel part, Segment segment, int count) throws IOException {
    if (segment.unnoted() >= NOTE_EVERY) {
      note(segment);
    }
    unforced += count;
    if (unforced >= FORCE_EVERY && context.settings().disk().sync() != SyncPolicy.NEVER) {
      unforced = 0;
      work.part().force(part, round.map().written());
    }
  }

  private void note(Segment segment) throws IOException {
    if (round.isSplit() && segment.unnoted() > 0) {
      work.part().done(new Spans.Span(segment.noteAll(), segment.position()));
    }
  }

  /** Waits as the failure demands, without a permit; false when this worker is to leave. */
  private boolean recover(Failure failure, Segment segment) {
    Origin origin = round.requester().origin();
    seat.close();
    if (!first && segment.position() == segment.start()) {
      recovery.respectThrottle(failure, origin);
      round.sendNoMoreHelpers();
      return false;
    }
    if (!recovery.awaitNextAttempt(failure, origin, round.map().written().bytes())) {
      round.end(new RoundEnd.GivenUp(failure));
      return false;
    }
    if (!round.isResumable() && segment.position() > 0) {
      round.end(new RoundEnd.Anew(Why.NOT_PROVABLE, failure.text()));
      return false;
    }
    return true;
  }
}
