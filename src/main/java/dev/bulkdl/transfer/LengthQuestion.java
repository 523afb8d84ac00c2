package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.http.Answer;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
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
    return ask(true)
        .or(() -> ask(false))
        .orElseGet(
            () -> new Refused(new Failure.Range("it answers neither a range nor the whole")));
  }

  /** Empty where what comes back makes no sense as an answer. */
  private Optional<Length> ask(boolean ranged) {
    while (true) {
      Answer answer = askOnce(ranged);
      if (!(answer instanceof Answer.Failed failed)) {
        return length(answer);
      }
      if (!mayRepeat(failed.failure())) {
        return Optional.of(new Refused(failed.failure()));
      }
    }
  }

  private static Optional<Length> length(Answer answer) {
    return switch (answer) {
      case Answer.Part part -> Optional.of(told(part.version(), RangeSupport.SUPPORTED));
      case Answer.Whole whole ->
          Optional.of(
              told(
                  whole.version(),
                  whole.acceptsRanges() ? RangeSupport.UNKNOWN : RangeSupport.REFUSED));
      case Answer.Unsatisfiable none ->
          none.total().isPresent()
              ? Optional.of(new Told(none.total().getAsLong(), RangeSupport.SUPPORTED))
              : Optional.empty();
      case Answer.BrokenRange ignored -> Optional.empty();
      case Answer.Failed ignored -> Optional.empty();
      case Answer.Redirect ignored -> Optional.empty();
    };
  }

  /** The length of encoded content says nothing about the file. */
  private static Length told(Version version, RangeSupport ranges) {
    return version.total().isPresent() && !version.encoded()
        ? new Told(version.total().getAsLong(), ranges)
        : new Untold(ranges);
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
    return failure.isTransient() && recovery.awaitNextAttempt(failure, requester.origin(), 0);
  }
}
