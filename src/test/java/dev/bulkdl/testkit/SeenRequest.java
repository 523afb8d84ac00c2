package dev.bulkdl.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as the server received it.
 *
 * @param order from 1, over all paths
 * @param query without the question mark; empty if there is none
 * @param headers by name, in upper or lower case
 * @param connection from 1, in the order in which connections were opened
 */
public record SeenRequest(
    int order,
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    int connection,
    int remotePort) {

  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** Returns the value of the Range header. */
  public Optional<String> range() {
    return header("Range");
  }

  public boolean isRanged() {
    return range().isPresent();
  }

  /** Returns the start of the requested range; 0 without a range. */
  public long start() {
    return range()
        .filter(range -> range.matches("bytes=\\d+-.*"))
        .map(range -> Long.parseLong(range.substring("bytes=".length(), range.indexOf('-'))))
        .orElse(0L);
  }

  public boolean isGet() {
    return method.equals("GET");
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** Returns the joined values of a repeated header. */
  static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
