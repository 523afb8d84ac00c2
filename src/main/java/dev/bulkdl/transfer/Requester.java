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
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks for one file: follows its redirects with a permit for each origin on the way, and repeats
 * what a stale connection lost. One serves all segments of a file; thread-safe.
 */
final class Requester {

  private final TransferContext context;
  private final Download download;
  private final Source source;
  private final Cancellation cancellation;
  private final ReentrantLock resolving = new ReentrantLock();

  Requester(TransferContext context, Download download, Cancellation cancellation) {
    this.context = context;
    this.download = download;
    this.source = new Source(download.source());
    this.cancellation = cancellation;
  }

  Origin origin() {
    return Origin.of(source.place().uri());
  }

  /**
   * Sends until something else than a redirect, or than the refusal of a target that has expired,
   * comes back. The seat holds a permit for the answering origin afterwards, or none where it could
   * not get one without waiting.
   *
   * @return empty when the seat does not wait and found no permit
   */
  Optional<Answer> ask(Optional<ByteRange> range, Optional<String> ifRange, Seat seat) {
    while (true) {
      try {
        return askOver(seat, range, ifRange);
      } catch (CancellationException e) {
        seat.yieldOr(e);
      }
    }
  }

  private Optional<Answer> askOver(Seat seat, Optional<ByteRange> range, Optional<String> ifRange) {
    boolean onNew = false;
    while (true) {
      context.gate().pass(seat.cancellation());
      Source.Place place = source.place();
      if (!place.delivers() && !resolving.isHeldByCurrentThread()) {
        return askAlone(seat, range, ifRange);
      }
      URI uri = place.uri();
      if (!seat.take(Origin.of(uri))) {
        return Optional.empty();
      }
      Answer answer = send(seat, get(uri, range, ifRange), onNew);
      if (answer instanceof Answer.Failed) {
        seat.countError();
      }
      if (answer instanceof Answer.Redirect redirect) {
        if (!source.redirect(uri, redirect.target())) {
          return Optional.of(endless(redirect.status()));
        }
        onNew = false;
      } else if (answer instanceof Answer.Failed failed && failed.stale() && !onNew) {
        onNew = true;
        context.emit(
            new TransferEvent.Retrying(
                download, Origin.of(uri), 0, failed.failure(), Duration.ZERO));
      } else if (!isExpiry(answer) || !source.resolveAgain(uri)) {
        return Optional.of(noticed(answer, uri));
      }
    }
  }

  /** One segment at a time asks where nothing has come from yet: redirects are followed once. */
  private Optional<Answer> askAlone(
      Seat seat, Optional<ByteRange> range, Optional<String> ifRange) {
    if (!resolving.tryLock()) {
      seat.close();
      cancellation.interruptibly(resolving::lockInterruptibly);
    }
    try {
      return askOver(seat, range, ifRange);
    } finally {
      resolving.unlock();
    }
  }

  private Get get(URI uri, Optional<ByteRange> range, Optional<String> ifRange) {
    return new Get(
        uri,
        range,
        ifRange,
        Credentials.headersFor(download.source(), uri, context.settings().http().headers()));
  }

  private Answer send(Seat seat, Get get, boolean onNew) {
    long start = context.ticker().nanos();
    Answer answer = context.fetcher().get(onNew ? get.onNewConnection() : get, seat.cancellation());
    Duration took = Duration.ofNanos(context.ticker().nanos() - start);
    int status = status(answer);
    if (status > 0) {
      context.emit(new TransferEvent.Answered(download, Origin.of(get.uri()), status, took));
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

  private Answer noticed(Answer answer, URI from) {
    if (answer instanceof Answer.Whole || answer instanceof Answer.Part) {
      source.delivers(from);
    }
    return answer;
  }

  /** A refusal that a signed target gives when its time is over. */
  private static boolean isExpiry(Answer answer) {
    return switch (status(answer)) {
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
