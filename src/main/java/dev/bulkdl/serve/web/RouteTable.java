package dev.bulkdl.serve.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All operations, and the one that a request means. */
record RouteTable(List<Route> routes) {

  /** The answer to "which route?". */
  sealed interface Found {

    /**
     * The route, and what its path says.
     *
     * @param values the parameters of the path, decoded
     */
    record One(Route route, Map<String, String> values) implements Found {}

    /**
     * The path has other methods.
     *
     * @param allowed the methods that the path has, as the header {@code Allow} lists them
     */
    record OtherMethod(String allowed) implements Found {}

    /** There is no such path. */
    record Nothing() implements Found {}
  }

  RouteTable {
    routes = List.copyOf(routes);
  }

  /**
   * @param path decoded, below {@code /api/v1}
   */
  Found find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.match(path);
      if (values.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Found.One(route, values.get());
        }
        allowed.add(route.method());
      }
    }
    return allowed.isEmpty()
        ? new Found.Nothing()
        : new Found.OtherMethod(allowed.stream().collect(Collectors.joining(", ")));
  }
}
