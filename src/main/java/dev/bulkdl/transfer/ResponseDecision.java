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
 * The meaning of a response for the file that was requested. Pure: nothing is read, written or
 * closed.
 */
sealed interface ResponseDecision {

  /** A server that has sent this many wrong ranges to one connection is not asked again. */
  int MAX_WRONG_RANGES = 2;

  /**
   * The content can be written.
   *
   * @param end the offset behind the body's last byte; {@link SegmentMap#OPEN} if unknown
   * @param ranges the server's support for ranges, as this response shows it
   */
  record Stream(Version version, BodyChannel body, long end, RangeSupport ranges)
      implements ResponseDecision {}

  /** Nothing can be written; the same request can succeed later. */
  record Repeat(Failure failure) implements ResponseDecision {}

  /** All bytes are already written. */
  record Finished(long size) implements ResponseDecision {}

  /**
   * The server sends no ranges of the same version: only one connection that reads from the
   * beginning gets content.
   */
  record Alone(String reason) implements ResponseDecision {}

  /** The bytes written so far cannot be used, so the file starts from its first byte. */
  record Anew(Why why, String reason) implements ResponseDecision {}

  /** The file fails. */
  record GiveUp(Failure failure) implements ResponseDecision {}

  /**
   * The request, and what is known of the file.
   *
   * @param position the offset of the first requested byte
   * @param ranged whether the request had a Range
   * @param known the version of the written bytes; {@link Version#UNKNOWN} before the first
   *     response
   * @param size the size in bytes from the manifest, if given
   * @param takenOnTrust whether bytes without a validator are used: a hash proves the file at the
   *     end, or the user allows it
   */
  record Asked(
      long position, boolean ranged, Version known, OptionalLong size, boolean takenOnTrust) {}

  /**
   * Decides. The caller closes the body, unless the decision is {@link Stream}: then the body is in
   * use.
   */
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
      case FetchResponse.NotModified ignored -> // the user's own headers have made it conditional
          new GiveUp(new Failure.Http(304, "304 Not Modified", Optional.empty()));
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
   * Decides about a whole file in response to a range: its validator shows whether it is still the
   * same version.
   */
  private static ResponseDecision beginningInPlaceOf(Version version, Asked asked) {
    boolean same =
        version.ifRange().isPresent()
            && version.ifRange().equals(asked.known.ifRange())
            && !asked.known.contradicts(version);
    return same
        ? new Alone("the server does not send ranges of this file")
        : new Anew(Why.CHANGED, "the server sent the whole file instead of the rest");
  }

  private static ResponseDecision part(FetchResponse.Part part, Asked asked) {
    Version version = part.version();
    if (version.total().isEmpty()) {
      return new Anew(Why.NO_RANGES, "206 without the total length");
    }
    Optional<String> change = asked.known.contradiction(version);
    if (change.isPresent()) {
      return changed(change.get());
    }
    if (asked.position > 0 && asked.known.ifRange().isEmpty() && !asked.takenOnTrust) {
      return new Anew(Why.NO_RANGES, "nothing proves that this range belongs to the same version");
    }
    Optional<Failure> wrong = otherSize(version, asked);
    if (wrong.isPresent()) {
      return new GiveUp(wrong.get());
    }
    if (part.first() != asked.position) {
      return new Repeat(
          new Failure.Range(
              "requested bytes from " + asked.position + ", received bytes from " + part.first()));
    }
    return new Stream(version, part.body(), part.end(), RangeSupport.SUPPORTED);
  }

  private static Anew changed(String how) {
    return new Anew(Why.CHANGED, "the remote file has changed: " + how);
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
   * Decides about 416 (RFC 9110, 15.5.17). The partial file is complete, or longer than the file,
   * or the server handles ranges wrongly. An empty file has no valid range; a 416 carries no
   * validator, and its length is often wrong, so one request without a range proves that the file
   * is empty.
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
    return new Anew(Why.NO_RANGES, "the server has no range of this file");
  }
}
