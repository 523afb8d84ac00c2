package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.Answer;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.Credentials;
import dev.bulkdl.http.Get;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks for one file: follows its redirects with a permit for each origin on the way, and repeats
 * what a stale connection lost. One serves all segments of a file; thread-safe.
 */
final class Requester {

  private final TransferContext context;
  private final Download download;
  private final Source source;
  private final Cancellation cancellation;

  Requester(TransferContext context, Download download, Cancellation cancellation) {
    this.context = context;
    this.download = download;
    this.source = new Source(download.source());
    this.cancellation = cancellation;
  }

  Origin origin() {
    return Origin.of(source.current());
  }

  /**
   * What came back, and from where.
   *
   * @param uri the URI that answered, without user information
   */
  record Reply(URI uri, Answer answer) {}

  /**
   * Sends until something else than a redirect comes back. The seat holds a permit for the
   * answering origin afterwards, or none where it could not get one without waiting.
   *
   * @return empty when the seat does not wait and found no permit
   */
  Optional<Reply> ask(Optional<ByteRange> range, Optional<String> ifRange, Seat seat) {
    boolean repeated = false;
    while (true) {
      context.gate().pass(cancellation);
      URI uri = source.current();
      if (!seat.take(Origin.of(uri))) {
        return Optional.empty();
      }
      Answer answer = send(uri, range, ifRange);
      if (answer instanceof Answer.Redirect redirect) {
        if (!source.redirect(uri, redirect.target())) {
          return Optional.of(new Reply(uri, endless(redirect.status())));
        }
      } else if (answer instanceof Answer.Failed failed && failed.stale() && !repeated) {
        repeated = true; // once: the next connection is most likely a new one
        context.emit(
            new TransferEvent.Retrying(
                download, Origin.of(uri), 0, failed.failure(), Duration.ZERO));
      } else {
        return Optional.of(new Reply(uri, answer));
      }
    }
  }

  private Answer send(URI uri, Optional<ByteRange> range, Optional<String> ifRange) {
    Get get =
        new Get(
            uri,
            range,
            ifRange,
            Credentials.headersFor(download.source(), uri, context.settings().http().headers()));
    long start = context.ticker().nanos();
    Answer answer = context.fetcher().get(get, cancellation);
    Duration took = Duration.ofNanos(context.ticker().nanos() - start);
    int status = status(answer);
    if (status > 0) {
      context.emit(new TransferEvent.Answered(download, Origin.of(uri), status, took));
    }
    return answer;
  }

  private static int status(Answer answer) {
    return switch (answer) {
      case Answer.Whole whole -> whole.status();
      case Answer.Part ignored -> 206;
      case Answer.BrokenRange ignored -> 206;
      case Answer.Unsatisfiable ignored -> 416;
      case Answer.Redirect redirect -> redirect.status();
      case Answer.Failed failed ->
          failed.failure() instanceof Failure.Http http ? http.status() : 0;
    };
  }

  /** Content came from where the last answer did. */
  void delivers() {
    source.delivers();
  }

  /**
   * Whether a refusal came from a redirect target that has expired, so that the manifest's URI is
   * worth asking again.
   *
   * @param refused the URI that refused
   */
  boolean refresh(URI refused, Failure refusal) {
    return refusal instanceof Failure.Http http
        && isExpiry(http.status())
        && source.resolveAgain(refused);
  }

  private static boolean isExpiry(int status) {
    return switch (status) {
      case 401, 403, 404, 410 -> true;
      default -> false;
    };
  }

  private Answer endless(int status) {
    return new Answer.Failed(
        new Failure.Http(
            status,
            "redirected in a loop or more than "
                + Source.MAX_REDIRECTS
                + " times: "
                + source.chain(),
            Optional.empty()),
        false);
  }
}
