package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks a server for the length of a file.
 *
 * <p>Responses to HEAD are often refused or wrong, so HEAD is used only together with an existing
 * file: if both lengths are equal, that is enough. Otherwise a GET of the first byte decides. A
 * server without ranges answers that GET with the whole file, and megabytes are sent before the
 * connection is closed. So if ranges are known to be missing, the length from HEAD is used. Not
 * thread-safe: one thread uses it.
 */
public final class SizeProbe {

  /** The result. */
  public sealed interface Length {}

  /**
   * The server stated the length.
   *
   * @param bytes the length in bytes
   * @param ranges the server's support for ranges
   */
  public record Told(long bytes, RangeSupport ranges) implements Length {}

  /** The server did not state a length. */
  public record Untold(RangeSupport ranges) implements Length {}

  /** The server's file is still the one that the conditions describe. */
  public record Unchanged() implements Length {}

  /** The server did not give the file. */
  public record Refused(Failure failure) implements Length {}

  private final OriginHabits habits;
  private final Requester requester;
  private final ConnectionSlot slot;
  private final Recovery recovery;
  private final List<Map.Entry<String, String>> conditions;
  private Version version = Version.UNKNOWN;

  public SizeProbe(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation) {
    this(context, download, progress, cancellation, List.of());
  }

  /**
   * @param conditions the header fields that let the server answer 304; the result is {@link
   *     Unchanged} then
   */
  SizeProbe(
      TransferContext context,
      Download download,
      FileProgress progress,
      Cancellation cancellation,
      List<Map.Entry<String, String>> conditions) {
    this.conditions = conditions;
    this.habits = context.habits();
    this.requester = new Requester(context, download, cancellation);
    this.slot = new ConnectionSlot(context, cancellation, progress, true);
    this.recovery = new Recovery(context, download, cancellation, new RetryBudget());
  }

  /**
   * Asks for the length, with the same retries as for content.
   *
   * @param here the length of the existing file in bytes, if there is one to compare with
   * @throws java.util.concurrent.CancellationException if the file is to stop
   */
  public Length ask(OptionalLong here) {
    Origin origin = requester.origin();
    boolean byHead = habits.hasHead(origin) && (here.isPresent() || !habits.hasRanges(origin));
    if (!byHead) {
      return askByGet(here.isEmpty() || here.getAsLong() > 0);
    }
    FetchResponse head =
        requester.askWithoutContent(Requester.Question.head().under(conditions), slot);
    Optional<Length> knownLength = believed(head, here);
    if (knownLength.isPresent()) {
      return knownLength.get();
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

  /** Returns the version in the last answer that stated a length. */
  Version version() {
    return version;
  }

  /**
   * Returns the length from HEAD if it needs no confirmation. A length of 0 always does, because
   * many servers state 0 for any file.
   */
  private Optional<Length> believed(FetchResponse head, OptionalLong here) {
    if (head instanceof FetchResponse.NotModified) {
      return Optional.of(new Unchanged());
    }
    if (!(head instanceof FetchResponse.Described described) || total(head) == 0) {
      return Optional.empty();
    }
    boolean noRanges =
        described.ranges() == RangeSupport.REFUSED || !habits.hasRanges(requester.origin());
    version = described.version();
    OptionalLong total = version.total();
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

  /**
   * Sends GET with or without a range, then the other way round if that fails. An empty file has no
   * first byte, and some servers treat a range of it as an error.
   */
  private Length askByGet(boolean ranged) {
    return ask(ranged)
        .or(() -> ask(!ranged))
        .orElseGet(
            () ->
                new Refused(
                    new Failure.Range(
                        "the server answers neither a request for a range nor one for the whole file")));
  }

  /** Returns empty if the response makes no sense. */
  private Optional<Length> ask(boolean ranged) {
    Optional<ByteRange> range = ranged ? Optional.of(new ByteRange(0, 1)) : Optional.empty();
    while (true) {
      FetchResponse answer =
          requester.askWithoutContent(
              Requester.Question.content(range, Optional.empty()).under(conditions), slot);
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
      case FetchResponse.Part part ->
          Optional.of(knownLength(part.version(), RangeSupport.SUPPORTED));
      case FetchResponse.Whole whole ->
          Optional.of(knownLength(whole.version(), support(whole, ranged)));
      case FetchResponse.Unsatisfiable none ->
          none.total().isPresent()
              ? Optional.of(new Told(none.total().getAsLong(), RangeSupport.SUPPORTED))
              : Optional.empty();
      case FetchResponse.NotModified ignored -> Optional.of(new Unchanged());
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

  private Length knownLength(Version answered, RangeSupport ranges) {
    version = answered;
    return version.total().isPresent()
        ? new Told(version.total().getAsLong(), ranges)
        : new Untold(ranges);
  }

  private boolean mayRepeat(Failure failure) {
    return recovery.isTransient(failure, requester.origin())
        && recovery.awaitNextAttempt(failure, requester.origin(), 0);
  }
}
