package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyException;
import dev.bulkdl.http.ByteRange;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * Fetches one version of a file in order, over one connection after another. After a dropout it
 * continues at the next byte. If the server has no ranges and the sink cannot restart, it reads the
 * file again and skips the delivered bytes: only under the same strong validator, and only if they
 * are still the same. Not thread-safe.
 */
final class StreamAttempt {

  private final RequestContext context;
  private final ContentState state;
  private final ContentSink sink;
  private final StreamCopy copy;
  private final Requester requester;
  private final Recovery recovery;
  private Version version = Version.UNKNOWN;
  private boolean plain;
  private int wrongRanges;

  /**
   * @param plain true to request the whole file, without a range
   */
  StreamAttempt(RequestContext context, ContentState state, ContentSink sink, boolean plain) {
    this.context = context;
    this.state = state;
    this.sink = sink;
    this.plain = plain;
    this.copy = new StreamCopy(context, state, sink);
    this.requester = new Requester(context, state.download(), state.cancellation());
    this.recovery = new Recovery(context, state.download(), state.cancellation(), state.budget());
  }

  /** Returns the version that was fetched. */
  Version version() {
    return version;
  }

  /** Returns what {@link Arrivals#took} returns for this attempt. */
  Duration took() {
    return copy.arrivals().took();
  }

  /** Returns the requester, which knows where the file was found. */
  Requester requester() {
    return requester;
  }

  /**
   * Sends requests until the sink has all bytes, or the attempt cannot continue.
   *
   * @throws CancellationException if the file is to stop
   * @throws SinkException if the sink accepts no more bytes
   */
  AttemptEnd run() throws IOException {
    try (ConnectionSlot slot =
        new ConnectionSlot(context, state.cancellation(), state.progress(), true)) {
      Optional<AttemptEnd> end = Optional.empty();
      while (end.isEmpty()) {
        end = fetchOn(slot);
      }
      return end.get();
    }
  }

  private Optional<AttemptEnd> fetchOn(ConnectionSlot slot) throws IOException {
    try {
      FetchResponse answer = requester.ask(question(), slot).orElseThrow();
      state.countRequest();
      return take(answer, slot);
    } catch (CancellationException e) {
      slot.releaseIfRevoked(e); // another permit is taken next
      return Optional.empty();
    }
  }

  private Requester.Question question() {
    long from = askedFrom();
    return Requester.Question.content(
        from > 0 ? Optional.of(new ByteRange(from, SegmentMap.OPEN)) : Optional.empty(),
        version.ifRange());
  }

  /** Returns the first byte to request. It is 0 if delivered bytes are read again. */
  private long askedFrom() {
    return plain ? 0 : copy.position();
  }

  private Optional<AttemptEnd> take(FetchResponse answer, ConnectionSlot slot) throws IOException {
    ResponseDecision decision = ResponseDecision.of(answer, asked());
    if (decision instanceof ResponseDecision.Stream content) {
      return stream(content, slot);
    }
    answer.close();
    return switch (decision) {
      case ResponseDecision.Stream ignored -> throw new IllegalStateException("streamed above");
      case ResponseDecision.Repeat repeat -> repeat(repeat.failure(), slot);
      case ResponseDecision.GiveUp giveUp ->
          context.permits().allowances().isRefusal(giveUp.failure(), requester.origin())
              ? recover(giveUp.failure(), slot)
              : givenUp(giveUp.failure());
      case ResponseDecision.Finished finished ->
          Optional.of(new AttemptEnd.Complete(finished.size()));
      case ResponseDecision.Alone alone -> withoutRanges(alone.reason());
      case ResponseDecision.Anew anew ->
          anew.why() == Why.NO_RANGES
              ? withoutRanges(anew.reason())
              : Optional.of(new AttemptEnd.Anew(anew.why(), anew.reason()));
    };
  }

  private ResponseDecision.Asked asked() {
    long from = askedFrom();
    return new ResponseDecision.Asked(
        from, from > 0, version, state.download().size(), takesOnTrust());
  }

  private static Optional<AttemptEnd> givenUp(Failure failure) {
    return Optional.of(new AttemptEnd.GivenUp(failure));
  }

  /** Repeats a request, but gives up after the second wrong range. */
  private Optional<AttemptEnd> repeat(Failure failure, ConnectionSlot slot) {
    return failure instanceof Failure.Range && ++wrongRanges >= ResponseDecision.MAX_WRONG_RANGES
        ? givenUp(failure)
        : recover(failure, slot);
  }

  private Optional<AttemptEnd> withoutRanges(String reason) {
    if (plain || !mayReadAgain()) {
      return Optional.of(new AttemptEnd.Anew(Why.NO_RANGES, reason));
    }
    plain = true;
    return Optional.empty();
  }

  private Optional<AttemptEnd> stream(ResponseDecision.Stream content, ConnectionSlot slot)
      throws IOException {
    try (PacedBody body = context.paced(content.body(), requester.origin(), slot)) {
      Optional<Failure> refused = accept(content);
      if (refused.isPresent()) {
        return givenUp(refused.get());
      }
      if (!isResumable()) {
        slot.keep();
      }
      boolean repeats = askedFrom() < copy.position();
      return copy.copy(body, repeats, content.end(), slot).or(this::endIfWhole);
    } catch (BodyException e) {
      slot.countError();
      return recover(e.failure(), slot);
    }
  }

  private Optional<Failure> accept(ResponseDecision.Stream content) {
    copy.arrivals().answered();
    OptionalLong total = content.version().total();
    if (total.isPresent()) {
      Optional<Failure> refused = copy.expect(total.getAsLong());
      if (refused.isPresent()) {
        return refused;
      }
      state.progress().setTotal(total.getAsLong());
    }
    if (version.isUnknown()) {
      version = content.version();
    }
    state.learnRanges(content.ranges());
    return Optional.empty();
  }

  /** Returns empty if a further range is missing. */
  private Optional<AttemptEnd> endIfWhole() {
    long size = copy.position();
    boolean isWhole = state.progress().total().orElse(size) == size;
    return isWhole ? Optional.of(new AttemptEnd.Complete(size)) : Optional.empty();
  }

  /** Returns whether a request for the rest can only return the rest of the same file. */
  private boolean isResumable() {
    return !plain
        && state.ranges() != RangeSupport.REFUSED
        && (version.ifRange().isPresent() || takesOnTrust());
  }

  /** Without a validator the download continues only if a hash decides at the end. */
  private boolean takesOnTrust() {
    return sink.isRewindable() && !state.download().checksums().isEmpty();
  }

  /** Returns whether the delivered bytes can be read again and skipped. */
  private boolean mayReadAgain() {
    return !sink.canRestart() && version.ifRange().isPresent();
  }

  /** Waits as the failure demands, without a permit. Returns empty if the attempt continues. */
  private Optional<AttemptEnd> recover(Failure failure, ConnectionSlot slot) {
    slot.close();
    long position = copy.position();
    boolean goesOn = position == 0 || isResumable() || mayReadAgain();
    if (!goesOn && !sink.canRestart()) {
      return givenUp(cutShort(failure));
    }
    if (!recovery.awaitNextAttempt(failure, requester.origin(), position)) {
      return givenUp(failure);
    }
    if (!goesOn) {
      return Optional.of(new AttemptEnd.Anew(Why.NOT_PROVABLE, failure.text()));
    }
    plain = plain || (position > 0 && !isResumable());
    state.countRepeat();
    return Optional.empty();
  }

  private Failure cutShort(Failure failure) {
    String text =
        failure.text()
            + "; "
            + copy.position()
            + " bytes were delivered, and nothing proves that the rest is of the same file";
    return new Failure.Truncated(text);
  }
}
