package dev.bulkdl.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GET request.
 *
 * @param uri without user information
 * @param range the Range to ask for; none asks for the whole content
 * @param ifRange the validator under which the range is wanted, else the whole (RFC 9110 §13.1.5)
 * @param headers what this origin may see besides
 * @param newConnection whether it has to go over a connection that has served no request before
 */
public record Get(
    URI uri,
    Optional<ByteRange> range,
    Optional<String> ifRange,
    List<Map.Entry<String, String>> headers,
    boolean newConnection) {

  public Get {
    headers = List.copyOf(headers);
  }

  /** Over any connection. */
  public Get(
      URI uri,
      Optional<ByteRange> range,
      Optional<String> ifRange,
      List<Map.Entry<String, String>> headers) {
    this(uri, range, ifRange, headers, false);
  }

  /** The same request, over a connection that has served none before. */
  public Get onNewConnection() {
    return new Get(uri, range, ifRange, headers, true);
  }

  /** Headers may be secrets and stay out. */
  @Override
  public String toString() {
    return "GET " + range.map(ByteRange::headerValue).orElse("all");
  }
}
