package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks a server how long a file is.
 *
 * <p>Answers to HEAD are often refused or wrong, so HEAD decides only together with the file that
 * is here: where it says the same length, no more is asked. Otherwise a GET of the first byte
 * decides. That GET makes a server without ranges send the whole file, and megabytes leave it
 * before the connection is closed; so where ranges are known to be missing, HEAD is believed.
 */
public final class SizeProbe {

  /** What became of the question. */
  public sealed interface Length {}

  /** The file has this many bytes. */
  public record Told(long bytes, RangeSupport ranges) implements Length {}

  /** The server does not say. */
  public record Untold(RangeSupport ranges) implements Length {}

  /** There is no such file to be had. */
  public record Refused(Failure failure) implements Length {}

  private final OriginHabits habits;
  private final Requester requester;
  private final ConnectionSlot seat;
  private final Recovery recovery;

  public SizeProbe(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation) {
    this.habits = context.habits();
    this.requester = new Requester(context, download, cancellation);
    this.seat = new ConnectionSlot(context, cancellation, progress, true);
    this.recovery = new Recovery(context, download, cancellation, new RetryBudget());
  }

  /**
   * Asks as patiently as for content.
   *
   * @param here the length of the file that is here, where there is one to compare with
   * @throws java.util.concurrent.CancellationException when the file is to stop
   */
  public Length ask(OptionalLong here) {
    Origin origin = requester.origin();
    boolean byHead = habits.hasHead(origin) && (here.isPresent() || !habits.hasRanges(origin));
    if (!byHead) {
      return askByGet(here.isEmpty() || here.getAsLong() > 0);
    }
    FetchResponse head = askOnce(Requester.Question.head());
    Optional<Length> told = believed(head, here);
    if (told.isPresent()) {
      return told.get();
    }
    if (head instanceof FetchResponse.Failed failed) {
      recovery.respectThrottle(failed.failure(), requester.origin());
    }
    boolean mayBeEmpty = here.isPresent() && here.getAsLong() == 0 && total(head) == 0;
    Length length = askByGet(!mayBeEmpty);
    boolean refused =
        head instanceof FetchResponse.Failed failed
            && (!failed.failure().isTransient() || failed.failure() instanceof Failure.Timeout);
    if (refused && length instanceof Told) {
      habits.refusesHead(origin);
    }
    return length;
  }

  /** What HEAD says, if nothing else need be asked. Many servers say 0 of any file. */
  private Optional<Length> believed(FetchResponse head, OptionalLong here) {
    if (!(head instanceof FetchResponse.Described described) || total(head) == 0) {
      return Optional.empty();
    }
    boolean noRanges =
        described.ranges() == RangeSupport.REFUSED || !habits.hasRanges(requester.origin());
    OptionalLong total = described.version().total();
    return total.equals(here) || noRanges
        ? Optional.of(
            new Told(total.getAsLong(), noRanges ? RangeSupport.REFUSED : described.ranges()))
        : Optional.empty();
  }

  private static long total(FetchResponse head) {
    return head instanceof FetchResponse.Described described
        ? described.version().total().orElse(0)
        : 0;
  }

  /** An empty file has no first byte, and some servers call it an error to ask for that. */
  private Length askByGet(boolean ranged) {
    return ask(ranged)
        .or(() -> ask(!ranged))
        .orElseGet(
            () -> new Refused(new Failure.Range("it answers neither a range nor the whole")));
  }

  /** Empty where what comes back makes no sense as an answer. */
  private Optional<Length> ask(boolean ranged) {
    Optional<ByteRange> range = ranged ? Optional.of(new ByteRange(0, 1)) : Optional.empty();
    while (true) {
      FetchResponse answer = askOnce(Requester.Question.content(range, Optional.empty()));
      if (!(answer instanceof FetchResponse.Failed failed)) {
        return length(answer, ranged);
      }
      if (ranged && failed.failure() instanceof Failure.Http http && http.status() == 400) {
        return Optional.empty();
      }
      if (!mayRepeat(failed.failure())) {
        return Optional.of(new Refused(failed.failure()));
      }
    }
  }

  private Optional<Length> length(FetchResponse answer, boolean ranged) {
    return switch (answer) {
      case FetchResponse.Part part -> Optional.of(told(part.version(), RangeSupport.SUPPORTED));
      case FetchResponse.Whole whole -> Optional.of(told(whole.version(), support(whole, ranged)));
      case FetchResponse.Unsatisfiable none ->
          none.total().isPresent()
              ? Optional.of(new Told(none.total().getAsLong(), RangeSupport.SUPPORTED))
              : Optional.empty();
      case FetchResponse.Described ignored -> Optional.empty();
      case FetchResponse.BrokenRange ignored -> Optional.empty();
      case FetchResponse.Failed ignored -> Optional.empty();
      case FetchResponse.Redirect ignored -> Optional.empty();
    };
  }

  private RangeSupport support(FetchResponse.Whole whole, boolean ranged) {
    if (whole.acceptsRanges()) {
      return RangeSupport.UNKNOWN;
    }
    if (ranged) {
      habits.refusesRanges(requester.origin());
    }
    return RangeSupport.REFUSED;
  }

  private static Length told(Version version, RangeSupport ranges) {
    return version.total().isPresent()
        ? new Told(version.total().getAsLong(), ranges)
        : new Untold(ranges);
  }

  private FetchResponse askOnce(Requester.Question question) {
    try (seat) {
      FetchResponse answer = requester.ask(question, seat).orElseThrow();
      answer.close();
      return answer;
    }
  }

  private boolean mayRepeat(Failure failure) {
    return failure.isTransient() && recovery.awaitNextAttempt(failure, requester.origin(), 0);
  }
}
