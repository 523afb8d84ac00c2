package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Version;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks after the last byte whether the remote file is still the same. A file that is overwritten
 * in place while it is sent arrives as a mixture of two versions under the validator of the first,
 * and no later response shows it.
 *
 * <p>One HEAD that agrees is enough. A change counts only if two responses show it, the second one
 * to a GET of one byte, because responses to HEAD are often wrong. Without a useful response the
 * file is accepted. Not thread-safe: one thread uses it.
 */
final class ClosingCheck {

  /** A file that took less time is not checked, because it had little time to change. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  private static final long LARGE_FROM = 16L << 20;

  /** The file is here, so it does not wait for ever for a server that is too busy to confirm it. */
  private static final int MAX_WAITS = 5;

  private final OriginHabits habits;
  private final Requester requester;
  private final ConnectionSlot slot;
  private final Recovery recovery;
  private final Version known;
  private int waits;

  /**
   * @param requester the one that fetched the content
   * @param version the version that the responses with the content stated
   */
  ClosingCheck(
      RequestContext context,
      Requester requester,
      FileProgress progress,
      Cancellation cancellation,
      Version version) {
    this.habits = context.habits();
    this.recovery = new Recovery(context, progress.download(), cancellation, new RetryBudget());
    this.requester = requester.with(cancellation);
    this.slot = ConnectionSlot.toFinish(context, cancellation, progress);
    boolean dated = version.strongDate().isPresent();
    // the date was made when the response was sent
    this.known = dated ? version : version.withLastModified(Optional.empty());
  }

  /**
   * Returns whether a file is checked: it has no hash, and is large or took long.
   *
   * @param took the time from the first response to the last byte
   */
  static boolean isDue(boolean hashed, long size, Duration took) {
    return !hashed && (size >= LARGE_FROM || took.compareTo(QUICK) > 0);
  }

  /**
   * The difference between the remote file now and before.
   *
   * @param how the difference in words
   * @param isDoubtful whether only the ETag differs, or only the date under the same strong ETag:
   *     servers behind one name can each have their own
   */
  record Change(String how, boolean isDoubtful) {}

  /**
   * Sends the requests. Waits for a permit and for the end of pauses as for content. A request is
   * repeated, at most five times, if the server is too busy for it (429 or 503). Any other failure
   * ends the check.
   *
   * @return empty if the file is the same, or the server gives no useful response
   * @throws java.util.concurrent.CancellationException if the file is to stop
   */
  Optional<Change> change() {
    boolean tagged = known.etag().isPresent() || known.lastModified().isPresent();
    if (!tagged && known.total().isEmpty()) {
      return Optional.empty(); // nothing to compare
    }
    Optional<Version> first = byHead().or(() -> tagged ? byGet() : Optional.empty());
    if (first.isEmpty() || !known.contradicts(first.get())) {
      return Optional.empty();
    }
    return byGet().flatMap(second -> judge(first.get(), second));
  }

  private Optional<Change> judge(Version first, Version second) {
    boolean onlyTag = !known.withEtag(second.etag()).contradicts(second);
    if (onlyTag && !first.etag().equals(second.etag())) {
      return Optional.empty(); // every response has a different tag
    }
    boolean sameTag = known.strongEtag().isPresent() && known.etag().equals(second.etag());
    boolean onlyDate = !known.withLastModified(second.lastModified()).contradicts(second);
    boolean isDoubtful = onlyTag || (sameTag && onlyDate);
    return known.contradiction(second).map(how -> new Change(how, isDoubtful));
  }

  private Optional<Version> byHead() {
    Origin origin = requester.origin();
    if (!habits.hasHead(origin)) {
      return Optional.empty();
    }
    FetchResponse answer = ask(Requester.Question.head());
    boolean silent =
        answer instanceof FetchResponse.Failed failed
            && failed.failure() instanceof Failure.Timeout;
    if (silent || isRefusal(answer)) {
      habits.refusesHead(origin);
    }
    return useful(answer);
  }

  private static boolean isRefusal(FetchResponse answer) {
    return answer instanceof FetchResponse.Failed failed
        && failed.failure() instanceof Failure.Http http
        && (http.status() == 405 || http.status() == 501);
  }

  private Optional<Version> byGet() {
    Optional<ByteRange> firstByte = Optional.of(new ByteRange(0, 1));
    return useful(ask(Requester.Question.content(firstByte, Optional.empty())));
  }

  private FetchResponse ask(Requester.Question question) {
    FetchResponse answer = requester.askWithoutContent(question, slot);
    while (answer instanceof FetchResponse.Failed failed && mayRepeat(failed.failure())) {
      answer = requester.askWithoutContent(question, slot);
    }
    return answer;
  }

  private boolean mayRepeat(Failure failure) {
    boolean isBusy = failure instanceof Failure.Http http && http.isThrottle();
    if (!isBusy || waits == MAX_WAITS) {
      return false;
    }
    waits++;
    recovery.awaitCalm(failure, requester.origin(), waits);
    return true;
  }

  /**
   * Returns a response's version if it has the same kind of evidence as the known one; for example,
   * a login page does not.
   */
  private Optional<Version> useful(FetchResponse answer) {
    return version(answer)
        .filter(
            answered ->
                known.etag().isPresent()
                    ? answered.etag().isPresent()
                    : known.lastModified().isPresent()
                        ? answered.lastModified().isPresent()
                        : answered.total().isPresent());
  }

  private static Optional<Version> version(FetchResponse answer) {
    return switch (answer) {
      case FetchResponse.Described described -> Optional.of(described.version());
      case FetchResponse.Part part -> Optional.of(part.version());
      case FetchResponse.Whole whole -> Optional.of(whole.version());
      case FetchResponse.Unsatisfiable ignored -> Optional.empty();
      case FetchResponse.NotModified ignored -> Optional.empty();
      case FetchResponse.BrokenRange ignored -> Optional.empty();
      case FetchResponse.Failed ignored -> Optional.empty();
      case FetchResponse.Redirect ignored -> Optional.empty();
    };
  }
}
