package dev.bulkdl.http;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.model.Version;
import java.net.URI;
import java.util.OptionalLong;

/**
 * What came of a request. Only {@link Whole} and {@link Part} hold a connection, until their body
 * is closed.
 */
public sealed interface FetchResponse {

  /** Closes the body, where there is one. */
  default void close() {
    switch (this) {
      case Whole whole -> whole.body().close();
      case Part part -> part.body().close();
      case Described ignored -> {}
      case Unsatisfiable ignored -> {}
      case Redirect ignored -> {}
      case BrokenRange ignored -> {}
      case Failed ignored -> {}
    }
  }

  /**
   * 200: the whole content from its first byte.
   *
   * @param acceptsRanges whether the server says that it answers ranges (RFC 9110 §14.3)
   */
  record Whole(int status, Version version, boolean acceptsRanges, BodyChannel body)
      implements FetchResponse {}

  /**
   * 206: the bytes from {@code first} to before {@code end} of a content whose whole length, where
   * the server told it, stands in {@code version}.
   */
  record Part(Version version, long first, long end, BodyChannel body) implements FetchResponse {}

  /**
   * 200 to HEAD: what the server says of the content, without any of it. Servers are often wrong
   * here, so this alone decides nothing.
   *
   * @param ranges what Accept-Ranges says; unknown without that field
   */
  record Described(int status, Version version, RangeSupport ranges) implements FetchResponse {}

  /**
   * 416: the range lies outside the content, which has {@code total} bytes where the server told.
   */
  record Unsatisfiable(OptionalLong total) implements FetchResponse {}

  /** 301, 302, 303, 307, 308 with a usable Location. */
  record Redirect(int status, URI target) implements FetchResponse {}

  /** 206 that does not say which bytes it holds, or that nobody asked for. */
  record BrokenRange(String text) implements FetchResponse {}

  /**
   * There is no content.
   *
   * @param stale whether a connection that had served other requests brought no answer: the server
   *     may have closed it, or what came may belong to another request. The same request deserves a
   *     new connection at no charge (RFC 9112 §9.3.1). Never true over a new connection.
   */
  record Failed(Failure failure, boolean stale) implements FetchResponse {}
}
