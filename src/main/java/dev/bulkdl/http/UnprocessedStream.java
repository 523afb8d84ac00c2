package dev.bulkdl.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.client.RetryableRequestException;

/**
 * Recognizes the failures of a stream that say nothing about its request: the server ended the
 * connection (GOAWAY, or a cut), or refused the stream (RFC 9113, 8.7). Pure.
 */
final class UnprocessedStream {

  /** The name that Jetty gives to the error code REFUSED_STREAM. */
  private static final String REFUSED = "refused_stream_error";

  private UnprocessedStream() {}

  /**
   * @param thrown the failure of a request before any response
   */
  static boolean is(Throwable thrown) {
    return switch (thrown) {
      case RetryableRequestException ignored -> true;
      case ClosedChannelException ignored -> true;
      case EOFException ignored -> true;
      case IOException e -> REFUSED.equals(e.getMessage());
      default -> false;
    };
  }
}
