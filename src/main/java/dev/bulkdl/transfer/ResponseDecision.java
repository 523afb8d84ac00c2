package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import dev.bulkdl.transfer.AttemptEnd.Why;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an answer means for the file whose bytes were asked for. Pure: nothing is read, written or
 * closed.
 */
sealed interface ResponseDecision {

  /**
   * The content may be written.
   *
   * @param end the byte after the last one that the body holds; {@link SegmentMap#OPEN} where
   *     untold
   * @param ranges what the answer shows of the server's support for ranges
   */
  record Stream(Version version, BodyChannel body, long end, RangeSupport ranges)
      implements ResponseDecision {}

  /** Nothing may be written; the same may work later. */
  record Repeat(Failure failure) implements ResponseDecision {}

  /** Everything is there already. */
  record Finished(long size) implements ResponseDecision {}

  /** Only the one connection that reads from the beginning gets content. */
  record Alone(String reason) implements ResponseDecision {}

  /** What is there cannot be built upon. */
  record Anew(Why why, String reason) implements ResponseDecision {}

  /** It cannot go on. */
  record GiveUp(Failure failure) implements ResponseDecision {}

  /**
   * What was asked, and what is known.
   *
   * @param position the first byte that was asked for
   * @param ranged whether a Range was sent
   * @param known the version of the bytes that are there, {@link Version#UNKNOWN} before the first
   *     answer
   * @param size what the manifest says
   * @param takenOnTrust whether bytes without a validator are built upon: a hash decides in the
   *     end, or the user wants it
   */
  record Asked(
      long position, boolean ranged, Version known, OptionalLong size, boolean takenOnTrust) {}

  /** The body of the answer is the caller's to close unless the ruling is {@link Stream}. */
  static ResponseDecision of(FetchResponse answer, Asked asked) {
    return switch (answer) {
      case FetchResponse.Whole whole -> whole(whole, asked);
      case FetchResponse.Part part -> part(part, asked);
      case FetchResponse.Unsatisfiable none -> unsatisfiable(none.total(), asked);
      case FetchResponse.BrokenRange broken ->
          asked.ranged
              ? new Anew(Why.NO_RANGES, broken.text())
              : new Repeat(new Failure.Range(broken.text()));
      case FetchResponse.Failed failed ->
          failed.failure().isTransient()
              ? new Repeat(failed.failure())
              : new GiveUp(failed.failure());
      case FetchResponse.Described ignored ->
          throw new IllegalStateException("content is never asked for by HEAD");
      case FetchResponse.Redirect ignored ->
          throw new IllegalStateException("redirects are followed before");
    };
  }

  private static ResponseDecision whole(FetchResponse.Whole whole, Asked asked) {
    Version version = whole.version();
    if (asked.position > 0) {
      return beginningInPlaceOf(version, asked);
    }
    Optional<String> change = asked.known.contradiction(version);
    boolean validatorFailed =
        asked.known.ifRange().isPresent() && !asked.known.ifRange().equals(version.ifRange());
    if (validatorFailed || change.isPresent()) {
      return changed(change.orElse("its Last-Modified is missing"));
    }
    Optional<Failure> wrong = otherSize(version, asked);
    if (wrong.isPresent()) {
      return new GiveUp(wrong.get());
    }
    boolean refused = asked.ranged && !whole.acceptsRanges();
    return new Stream(
        version,
        whole.body(),
        version.total().orElse(SegmentMap.OPEN),
        refused ? RangeSupport.REFUSED : RangeSupport.UNKNOWN);
  }

  /**
   * A whole file came where a range was asked for: its validator tells whether it is still the same
   * one.
   */
  private static ResponseDecision beginningInPlaceOf(Version version, Asked asked) {
    boolean same =
        version.ifRange().isPresent()
            && version.ifRange().equals(asked.known.ifRange())
            && !asked.known.contradicts(version);
    return same
        ? new Alone("the server gives no ranges of it")
        : new Anew(Why.CHANGED, "the server sent the whole file in place of the rest");
  }

  private static ResponseDecision part(FetchResponse.Part part, Asked asked) {
    Version version = part.version();
    if (version.total().isEmpty()) {
      return new Anew(Why.NO_RANGES, "206 without the whole length");
    }
    Optional<String> change = asked.known.contradiction(version);
    if (change.isPresent()) {
      return changed(change.get());
    }
    if (asked.position > 0 && asked.known.ifRange().isEmpty() && !asked.takenOnTrust) {
      return new Anew(Why.NO_RANGES, "nothing proves that this range is of the same file");
    }
    Optional<Failure> wrong = otherSize(version, asked);
    if (wrong.isPresent()) {
      return new GiveUp(wrong.get());
    }
    if (part.first() != asked.position) {
      return new Repeat(
          new Failure.Range(
              "asked for bytes from " + asked.position + ", was sent those from " + part.first()));
    }
    return new Stream(version, part.body(), part.end(), RangeSupport.SUPPORTED);
  }

  private static Anew changed(String how) {
    return new Anew(Why.CHANGED, "the remote file is another one now: " + how);
  }

  private static Optional<Failure> otherSize(Version version, Asked asked) {
    OptionalLong total = version.total();
    if (asked.size.isEmpty() || total.isEmpty() || total.equals(asked.size)) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure.Changed(
            "the manifest says "
                + asked.size.getAsLong()
                + " bytes, the server has "
                + total.getAsLong()));
  }

  /**
   * 416: the part is whole, or longer than the file, or the server has an odd notion of ranges. An
   * empty file has no range at all; since a 416 carries no validator, and its length is often
   * nonsense, one plain request proves that it is empty.
   */
  private static ResponseDecision unsatisfiable(OptionalLong total, Asked asked) {
    if (!asked.ranged) {
      return new GiveUp(new Failure.Http(416, "416 to a request without Range", Optional.empty()));
    }
    boolean all = total.isPresent() && total.getAsLong() == asked.position && asked.position > 0;
    if (all && asked.takenOnTrust) {
      return new Finished(asked.position);
    }
    if (asked.position > 0 && total.orElse(0) > 0) {
      return new Anew(Why.CHANGED, "the remote file has " + total.getAsLong() + " bytes now");
    }
    return new Anew(Why.NO_RANGES, "no range can be had of it");
  }
}
