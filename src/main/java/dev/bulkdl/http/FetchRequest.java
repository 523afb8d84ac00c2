package dev.bulkdl.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GET or HEAD request. Immutable.
 *
 * @param uri the URI without user information
 * @param range the Range to send; empty requests the whole content
 * @param ifRange the validator for If-Range: the server sends the range if it still matches, else
 *     the whole content (RFC 9110, 13.1.5)
 * @param headers the headers of the user that this origin can see
 * @param isHead whether to send HEAD, which returns no content
 * @param over which connection carries it
 */
public record FetchRequest(
    URI uri,
    Optional<ByteRange> range,
    Optional<String> ifRange,
    List<Map.Entry<String, String>> headers,
    boolean isHead,
    Over over) {

  /** The connections that can carry a request. */
  public enum Over {
    /** An HTTP/1.1 connection of its own. */
    OWN,
    /** An HTTP/1.1 connection that has served no other request. */
    NEW,
    /** A connection that requests share over HTTP/2; see {@link Fetcher#sharesBelow}. */
    SHARED
  }

  public FetchRequest {
    headers = List.copyOf(headers);
  }

  /** Creates a GET over a connection of its own. */
  public FetchRequest(
      URI uri,
      Optional<ByteRange> range,
      Optional<String> ifRange,
      List<Map.Entry<String, String>> headers) {
    this(uri, range, ifRange, headers, false, Over.OWN);
  }

  /** Whether the server can answer with 304 (RFC 9110, 13.1). */
  boolean isConditional() {
    return headers.stream()
        .anyMatch(
            header ->
                header.getKey().equalsIgnoreCase("If-None-Match")
                    || header.getKey().equalsIgnoreCase("If-Modified-Since"));
  }

  /** Returns the same request, over a new connection. */
  public FetchRequest onNewConnection() {
    return new FetchRequest(uri, range, ifRange, headers, isHead, Over.NEW);
  }

  /** Returns the same request, over a connection that requests share. */
  public FetchRequest onSharedConnection() {
    return new FetchRequest(uri, range, ifRange, headers, isHead, Over.SHARED);
  }

  /** Leaves out the headers, which can be secrets. */
  @Override
  public String toString() {
    return (isHead ? "HEAD " : "GET ") + range.map(ByteRange::headerValue).orElse("all");
  }
}
