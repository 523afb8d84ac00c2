package dev.bulkdl.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for content, or for what the server says of it.
 *
 * @param uri without user information
 * @param range the Range to ask for; none asks for the whole content
 * @param ifRange the validator under which the range is wanted, else the whole (RFC 9110 §13.1.5)
 * @param headers what this origin may see besides
 * @param isHead whether to ask by HEAD, so that no content comes
 * @param newConnection whether it has to go over a connection that has served no request before
 */
public record FetchRequest(
    URI uri,
    Optional<ByteRange> range,
    Optional<String> ifRange,
    List<Map.Entry<String, String>> headers,
    boolean isHead,
    boolean newConnection) {

  public FetchRequest {
    headers = List.copyOf(headers);
  }

  /** A request for content, over any connection. */
  public FetchRequest(
      URI uri,
      Optional<ByteRange> range,
      Optional<String> ifRange,
      List<Map.Entry<String, String>> headers) {
    this(uri, range, ifRange, headers, false, false);
  }

  /** The same request, over a connection that has served none before. */
  public FetchRequest onNewConnection() {
    return new FetchRequest(uri, range, ifRange, headers, isHead, true);
  }

  /** Headers may be secrets and stay out. */
  @Override
  public String toString() {
    return (isHead ? "HEAD " : "GET ") + range.map(ByteRange::headerValue).orElse("all");
  }
}
