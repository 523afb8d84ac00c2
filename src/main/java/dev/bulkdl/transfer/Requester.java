package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.Credentials;
import dev.bulkdl.http.FetchRequest;
import dev.bulkdl.http.FetchResponse;
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

  private final RequestContext context;
  private final Download download;
  private final Source source;
  private final Cancellation cancellation;
  private final ReentrantLock resolving = new ReentrantLock();

  Requester(RequestContext context, Download download, Cancellation cancellation) {
    this(context, download, new Source(download.source()), cancellation);
  }

  private Requester(
      RequestContext context, Download download, Source source, Cancellation cancellation) {
    this.context = context;
    this.download = download;
    this.source = source;
    this.cancellation = cancellation;
  }

  /** The same, where the file was found already, for work that another cancellation ends. */
  Requester with(Cancellation other) {
    return new Requester(context, download, source, other);
  }

  /**
   * What to ask for.
   *
   * @param isHead whether only for what the server says of the file
   */
  record Question(boolean isHead, Optional<ByteRange> range, Optional<String> ifRange) {

    static Question head() {
      return new Question(true, Optional.empty(), Optional.empty());
    }

    static Question content(Optional<ByteRange> range, Optional<String> ifRange) {
      return new Question(false, range, ifRange);
    }
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
  Optional<FetchResponse> ask(Question question, ConnectionSlot seat) {
    while (true) {
      try {
        return askOver(seat, question);
      } catch (CancellationException e) {
        seat.yieldOr(e);
      }
    }
  }

  private Optional<FetchResponse> askOver(ConnectionSlot seat, Question question) {
    boolean onNew = false;
    while (true) {
      context.gate().pass(seat.cancellation());
      Source.Place place = source.place();
      if (!place.delivers() && !resolving.isHeldByCurrentThread()) {
        return askAlone(seat, question);
      }
      URI uri = place.uri();
      if (!seat.take(Origin.of(uri))) {
        return Optional.empty();
      }
      FetchResponse answer = send(seat, get(uri, question), onNew);
      seat.answered(answer, question.isHead);
      if (answer instanceof FetchResponse.Redirect redirect) {
        if (!source.redirect(uri, redirect.target())) {
          return Optional.of(endless(redirect.status()));
        }
        onNew = false;
      } else if (answer instanceof FetchResponse.Failed failed && failed.stale() && !onNew) {
        onNew = true;
        context.emit(
            new TransferEvent.Retrying(
                download, Origin.of(uri), 0, failed.failure(), Duration.ZERO));
      } else if (question.isHead || !isExpiry(answer) || !source.resolveAgain(uri)) {
        return Optional.of(noticed(answer, uri));
      }
    }
  }

  /** One segment at a time asks where nothing has come from yet: redirects are followed once. */
  private Optional<FetchResponse> askAlone(ConnectionSlot seat, Question question) {
    if (!resolving.tryLock()) {
      seat.close();
      cancellation.interruptibly(resolving::lockInterruptibly);
    }
    try {
      return askOver(seat, question);
    } finally {
      resolving.unlock();
    }
  }

  private FetchRequest get(URI uri, Question question) {
    return new FetchRequest(
        uri,
        question.range,
        question.range.flatMap(range -> question.ifRange), // no If-Range alone (RFC 9110 §13.1.5)
        Credentials.headersFor(download.source(), uri, context.http()),
        question.isHead,
        false);
  }

  private FetchResponse send(ConnectionSlot seat, FetchRequest get, boolean onNew) {
    long start = context.ticker().nanos();
    FetchResponse answer =
        context.fetcher().get(onNew ? get.onNewConnection() : get, seat.cancellation());
    Duration took = Duration.ofNanos(context.ticker().nanos() - start);
    int status = status(answer);
    if (status > 0) {
      context.emit(new TransferEvent.Answered(download, Origin.of(get.uri()), status, took));
    }
    return answer;
  }

  private static int status(FetchResponse answer) {
    return switch (answer) {
      case FetchResponse.Whole whole -> whole.status();
      case FetchResponse.Described described -> described.status();
      case FetchResponse.Part ignored -> 206;
      case FetchResponse.BrokenRange ignored -> 206;
      case FetchResponse.Unsatisfiable ignored -> 416;
      case FetchResponse.Redirect redirect -> redirect.status();
      case FetchResponse.Failed failed ->
          failed.failure() instanceof Failure.Http http ? http.status() : 0;
    };
  }

  private FetchResponse noticed(FetchResponse answer, URI from) {
    if (answer instanceof FetchResponse.Whole || answer instanceof FetchResponse.Part) {
      source.delivers(from);
    }
    return answer;
  }

  /** A refusal that a signed target gives when its time is over. */
  private static boolean isExpiry(FetchResponse answer) {
    return switch (status(answer)) {
      case 401, 403, 404, 410 -> true;
      default -> false;
    };
  }

  private FetchResponse endless(int status) {
    return new FetchResponse.Failed(
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
