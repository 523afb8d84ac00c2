package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.Credentials;
import dev.bulkdl.http.FetchRequest;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the requests for one file: follows redirects with a permit for each origin, and repeats a
 * request that a stale connection lost. Serves all segments of a file. Thread-safe.
 */
final class Requester {

  /**
   * After this number of repetitions over shared connections, a request gets a connection of its
   * own.
   */
  private static final int MAX_UNPROCESSED = 4;

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

  /** Returns a requester that already knows where the file was found, with another cancellation. */
  Requester with(Cancellation other) {
    return new Requester(context, download, source, other);
  }

  /**
   * A request.
   *
   * @param isHead whether to send HEAD instead of GET
   * @param range the range to request; empty for the whole file
   * @param ifRange the validator for If-Range (RFC 9110, 13.1.5)
   * @param conditions the header fields that let the server answer 304 (RFC 9110, 13.1)
   */
  record Question(
      boolean isHead,
      Optional<ByteRange> range,
      Optional<String> ifRange,
      List<Map.Entry<String, String>> conditions) {

    static Question head() {
      return new Question(true, Optional.empty(), Optional.empty(), List.of());
    }

    static Question content(Optional<ByteRange> range, Optional<String> ifRange) {
      return new Question(false, range, ifRange, List.of());
    }

    Question under(List<Map.Entry<String, String>> conditions) {
      return new Question(isHead, range, ifRange, conditions);
    }
  }

  Origin origin() {
    return Origin.of(source.place().uri());
  }

  /** Returns the URL that the last redirect led to, without user information. */
  URI finalUrl() {
    return source.place().uri();
  }

  /**
   * Sends the request, follows redirects, and resolves an expired target again. Returns the final
   * response. Afterwards the slot holds a permit for the answering origin, unless that permit was
   * not available without waiting.
   *
   * @return empty if the slot does not wait and no permit is idle
   * @throws CancellationException if the work is to stop
   */
  Optional<FetchResponse> ask(Question question, ConnectionSlot slot) {
    while (true) {
      try {
        return askOver(slot, question);
      } catch (CancellationException e) {
        slot.releaseIfRevoked(e);
      }
    }
  }

  /**
   * Sends the request as {@link #ask} does, closes the content of the response, and gives the
   * permit back. For questions beside the content.
   *
   * @param slot a slot that waits for its permit
   * @throws CancellationException if the work is to stop
   */
  FetchResponse askWithoutContent(Question question, ConnectionSlot slot) {
    try (slot) {
      FetchResponse answer = ask(question, slot).orElseThrow();
      if (answer instanceof FetchResponse.Part part) {
        part.body().discard(); // one byte, which can arrive after the headers
      } else {
        answer.close();
      }
      return answer;
    }
  }

  private Optional<FetchResponse> askOver(ConnectionSlot slot, Question question) {
    boolean onNewConnection = false;
    int unprocessed = 0;
    while (true) {
      context.gate().pass(slot.cancellation());
      Source.Place place = source.place();
      if (!place.hasDelivered() && !resolving.isHeldByCurrentThread()) {
        return askAlone(slot, question);
      }
      URI uri = place.uri();
      if (!slot.take(Origin.of(uri))) {
        return Optional.empty();
      }
      FetchResponse answer = send(slot, get(uri, question), question.isHead, onNewConnection);
      if (isUnprocessed(answer)) {
        unprocessed++;
        if (unprocessed > MAX_UNPROCESSED) {
          slot.shareNoMore();
        }
        continue;
      }
      if (slot.isShared() && isBroken(answer)) {
        slot.shareNoMore();
      }
      if (slot.isShared() && isLarge(answer)) {
        answer.close();
        slot.shareNoMore();
        continue;
      }
      if (answer instanceof FetchResponse.Redirect redirect) {
        if (!source.redirect(uri, redirect.target())) {
          return Optional.of(endless(redirect.status()));
        }
        onNewConnection = false;
      } else if (answer instanceof FetchResponse.Failed failed
          && failed.stale()
          && !onNewConnection) {
        onNewConnection = true;
        context.emit(
            new TransferEvent.Retrying(
                download,
                Origin.of(uri),
                0,
                context.patience().retries(),
                failed.failure(),
                Duration.ZERO));
      } else if (question.isHead || !isExpiry(answer) || !source.resolveAgain(uri)) {
        return Optional.of(noteDelivery(answer, uri));
      }
    }
  }

  /**
   * While no content has arrived, one segment at a time sends a request, so that redirects are
   * followed once.
   */
  private Optional<FetchResponse> askAlone(ConnectionSlot slot, Question question) {
    if (!resolving.tryLock()) {
      slot.close();
      cancellation.interruptibly(resolving::lockInterruptibly);
    }
    try {
      return askOver(slot, question);
    } finally {
      resolving.unlock();
    }
  }

  private FetchRequest get(URI uri, Question question) {
    return new FetchRequest(
        uri,
        question.range,
        question.range.flatMap(range -> question.ifRange), // no If-Range alone (RFC 9110 §13.1.5)
        headers(uri, question),
        question.isHead,
        FetchRequest.Over.OWN);
  }

  private List<Map.Entry<String, String>> headers(URI uri, Question question) {
    List<Map.Entry<String, String>> user =
        Credentials.headersFor(download.source(), uri, context.http());
    if (question.conditions.isEmpty()) {
      return user;
    }
    List<Map.Entry<String, String>> all = new ArrayList<>(user);
    all.addAll(question.conditions);
    return all;
  }

  /** Whether the network or the protocol failed, in contrast to a server that refuses. */
  private static boolean isBroken(FetchResponse answer) {
    return answer instanceof FetchResponse.Failed failed && status(failed) == 0;
  }

  /** Whether the content is so large that a connection of its own is faster. */
  private static boolean isLarge(FetchResponse answer) {
    return total(answer).orElse(0) >= Fetcher.LARGE;
  }

  private static boolean isUnprocessed(FetchResponse answer) {
    return answer instanceof FetchResponse.Failed failed && failed.unprocessed();
  }

  private FetchResponse send(
      ConnectionSlot slot, FetchRequest get, boolean isHead, boolean onNewConnection) {
    long start = context.ticker().nanos();
    FetchRequest over =
        slot.isShared() ? get.onSharedConnection() : onNewConnection ? get.onNewConnection() : get;
    FetchResponse answer = context.fetcher().get(over, slot.cancellation());
    Duration took = Duration.ofNanos(context.ticker().nanos() - start);
    if (!isUnprocessed(answer)) {
      slot.answered(answer, isHead, took.toNanos());
    }
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
      case FetchResponse.NotModified ignored -> 304;
      case FetchResponse.Redirect redirect -> redirect.status();
      case FetchResponse.Failed failed ->
          failed.failure() instanceof Failure.Http http ? http.status() : 0;
    };
  }

  private FetchResponse noteDelivery(FetchResponse answer, URI from) {
    if (answer instanceof FetchResponse.Whole || answer instanceof FetchResponse.Part) {
      source.markDelivered(from);
    }
    Origin origin = Origin.of(from);
    long below = context.fetcher().sharesBelow(origin);
    if (below > 0) { // only there it matters which files are small
      total(answer).ifPresent(total -> context.smallFiles().answered(origin, total < below));
    }
    return answer;
  }

  private static OptionalLong total(FetchResponse answer) {
    return switch (answer) {
      case FetchResponse.Whole whole -> whole.version().total();
      case FetchResponse.Part part -> part.version().total();
      default -> OptionalLong.empty();
    };
  }

  /** A status with which a server refuses a signed URL that has expired. */
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
