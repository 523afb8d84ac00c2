package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of a request. Only {@link Whole} and {@link Part} hold a connection, until their body
 * is closed.
 */
public sealed interface FetchResponse {

  /** Closes the body, if there is one. */
  default void close() {
    switch (this) {
      case Whole whole -> whole.body().close();
      case Part part -> part.body().close();
      case Described ignored -> {}
      case Unsatisfiable ignored -> {}
      case NotModified ignored -> {}
      case Redirect ignored -> {}
      case BrokenRange ignored -> {}
      case Failed ignored -> {}
    }
  }

  /** 304: the content is the one that the request's conditions describe (RFC 9110, 15.4.5). */
  record NotModified() implements FetchResponse {}

  /**
   * 200: the whole content from its first byte.
   *
   * @param acceptsRanges whether the server states that it supports ranges (RFC 9110, 14.3)
   */
  record Whole(int status, Version version, boolean acceptsRanges, BodyChannel body)
      implements FetchResponse {}

  /**
   * 206: the bytes from {@code first} (inclusive) to {@code end} (exclusive). The length of the
   * whole content, if stated, is in {@code version}.
   */
  record Part(Version version, long first, long end, BodyChannel body) implements FetchResponse {}

  /**
   * 200 to HEAD: the headers without content. Servers often send wrong values here, so this alone
   * decides nothing.
   *
   * @param ranges what Accept-Ranges states; unknown without that field
   * @param disposition the field Content-Disposition as it came
   */
  record Described(int status, Version version, RangeSupport ranges, Optional<String> disposition)
      implements FetchResponse {

    /** Headers without Content-Disposition. */
    public Described(int status, Version version, RangeSupport ranges) {
      this(status, version, ranges, Optional.empty());
    }
  }

  /**
   * 416: the range is outside of the content.
   *
   * @param total the length of the content, if stated
   */
  record Unsatisfiable(OptionalLong total) implements FetchResponse {}

  /** 301, 302, 303, 307, 308 with a usable Location. */
  record Redirect(int status, URI target) implements FetchResponse {}

  /** 206 that does not state which bytes it holds, or to a request without Range. */
  record BrokenRange(String text) implements FetchResponse {}

  /**
   * The request has failed.
   *
   * @param stale whether a connection that had served other requests returned no response: the
   *     server can have closed it, or the bytes can belong to another request. Then the same
   *     request is sent over a new connection and the failure does not count (RFC 9112, 9.3.1).
   *     Never true for a new connection.
   * @param unprocessed whether a shared connection carried the request, and ended before any
   *     response: the server announced that it takes no further requests, or it uses HTTP/1.1 only.
   *     Then the same request is sent again at once and the failure does not count (RFC 9113, 8.7).
   */
  record Failed(Failure failure, boolean stale, boolean unprocessed) implements FetchResponse {

    public Failed(Failure failure, boolean stale) {
      this(failure, stale, false);
    }
  }
}
