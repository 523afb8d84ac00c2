package dev.bulkdl.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.eclipse.jetty.client.RetryableRequestException;

/**
 * Recognizes the failures of a stream that say nothing about its request: the server ended the
 * connection (GOAWAY, or a cut), or refused the stream (RFC 9113, 8.7). Pure.
 */
final class UnprocessedStream {

  /** What Jetty names the error codes REFUSED_STREAM and NO_ERROR; a reason can follow. */
  private static final String REFUSED = "refused_stream_error";

  private static final String NO_ERROR = "no_error";
  private static final String OTHER_PROTOCOL = "http_1_1_required_error";

  /** A cut, as the system words it when another request of the connection is written. */
  private static final String CUT = "Broken pipe";

  private UnprocessedStream() {}

  /**
   * @param thrown the failure of a request before any response
   * @param sent whether the request had been sent
   */
  static boolean is(Throwable thrown, boolean sent) {
    return switch (thrown) {
      case RetryableRequestException ignored -> true;
      case ClosedChannelException ignored -> true;
      case EOFException ignored -> true;
      case IllegalStateException ignored -> true; // the session closes while a stream is opened
      case IOException e -> !sent || isHarmless(String.valueOf(e.getMessage()));
      default -> false;
    };
  }

  /** Whether the server wants the same request over HTTP/1.1. */
  static boolean isForOtherProtocol(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).startsWith(OTHER_PROTOCOL);
  }

  private static boolean isHarmless(String code) {
    return Stream.of(REFUSED, NO_ERROR, OTHER_PROTOCOL, CUT).anyMatch(code::startsWith);
  }
}
