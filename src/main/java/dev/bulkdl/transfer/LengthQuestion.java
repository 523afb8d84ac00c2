package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.http.Answer;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import java.util.Optional;

/**
 * Asks a server how long a file is: by a GET of its first byte, since answers to HEAD are often
 * refused or wrong. At most one byte of content is read.
 */
public final class LengthQuestion {

  /** What became of the question. */
  public sealed interface Length {}

  /** The file has this many bytes. */
  public record Told(long bytes, RangeSupport ranges) implements Length {}

  /** The server does not say. */
  public record Untold(RangeSupport ranges) implements Length {}

  /** There is no such file to be had. */
  public record Refused(Failure failure) implements Length {}

  private final Requester requester;
  private final Seat seat;
  private final Recovery recovery;

  public LengthQuestion(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation) {
    this.requester = new Requester(context, download, cancellation);
    this.seat = new Seat(context, cancellation, progress, true);
    this.recovery = new Recovery(context, download, cancellation, new RetryBudget());
  }

  /**
   * Asks as patiently as for content.
   *
   * @throws java.util.concurrent.CancellationException when the file is to stop
   */
  public Length ask() {
    boolean ranged = true;
    while (true) {
      Answer answer = askOnce(ranged);
      switch (answer) {
        case Answer.Part part -> {
          return part.version().total().isPresent()
              ? new Told(part.version().total().getAsLong(), RangeSupport.SUPPORTED)
              : new Untold(RangeSupport.SUPPORTED);
        }
        case Answer.Whole whole -> {
          RangeSupport ranges = whole.acceptsRanges() ? RangeSupport.UNKNOWN : RangeSupport.REFUSED;
          return whole.version().total().isPresent() && !whole.version().encoded()
              ? new Told(whole.version().total().getAsLong(), ranges)
              : new Untold(ranges);
        }
        case Answer.Failed failed -> {
          if (!mayRepeat(failed.failure())) {
            return new Refused(failed.failure());
          }
        }
        case Answer.Unsatisfiable none -> {
          if (none.total().isPresent()) {
            return new Told(none.total().getAsLong(), RangeSupport.SUPPORTED);
          }
          ranged = false;
        }
        case Answer.BrokenRange ignored -> ranged = false;
        case Answer.Redirect ignored ->
            throw new IllegalStateException("redirects are followed before");
      }
    }
  }

  private Answer askOnce(boolean ranged) {
    Optional<ByteRange> range = ranged ? Optional.of(new ByteRange(0, 1)) : Optional.empty();
    try (seat) {
      Answer answer = requester.ask(range, Optional.empty(), seat).orElseThrow();
      answer.close();
      return answer;
    }
  }

  private boolean mayRepeat(Failure failure) {
    return (failure.isTransient() || requester.refresh(failure))
        && recovery.awaitNextAttempt(failure, requester.origin(), 0);
  }
}
