package dev.bulkdl.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Counts the traffic of a server and waits for it, at most two minutes each time. */
public final class Traffic {
  private static final String ALL = "";

  private final Monitor monitor = new Monitor();
  private final List<SeenRequest> requests = new ArrayList<>();
  private final Map<String, Long> bytes = new HashMap<>();
  private final Set<SeenRequest> answering = new HashSet<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<String, Integer> maxInFlight = new HashMap<>();
  private final Map<Object, Integer> connections = new HashMap<>();
  private final Set<Object> open = new HashSet<>();
  private int maxOpen;

  void opened(Object connection) {
    monitor.change(
        () -> {
          connections.put(connection, connections.size() + 1);
          open.add(connection);
          maxOpen = Math.max(maxOpen, open.size());
        });
  }

  void closed(Object connection) {
    monitor.change(() -> open.remove(connection));
  }

  /** Returns the connection's number, from 1. */
  int number(Object connection) {
    return monitor.get(() -> connections.getOrDefault(connection, 0));
  }

  /** Records a request with its order number, and counts it as in flight. */
  SeenRequest arrived(IntFunction<SeenRequest> read) {
    return monitor.update(
        () -> {
          SeenRequest request = read.apply(requests.size() + 1);
          requests.add(request);
          answering.add(request);
          for (String key : List.of(ALL, request.path())) {
            maxInFlight.merge(key, inFlight.merge(key, 1, Integer::sum), Math::max);
          }
          return request;
        });
  }

  /** Removes the request from those in flight. A second call has no effect. */
  void left(SeenRequest request) {
    monitor.change(
        () -> {
          if (answering.remove(request)) {
            for (String key : List.of(ALL, request.path())) {
              inFlight.merge(key, -1, Integer::sum);
            }
          }
        });
  }

  void served(String path, long count) {
    monitor.change(
        () -> {
          bytes.merge(ALL, count, Long::sum);
          bytes.merge(path, count, Long::sum);
        });
  }

  public List<SeenRequest> requests() {
    return monitor.get(() -> List.copyOf(requests));
  }

  public List<SeenRequest> requests(String path) {
    return requests().stream().filter(request -> request.path().equals(path)).toList();
  }

  /**
   * Returns the number of content bytes written to sockets, which is slightly more than the client
   * has received.
   */
  public long bytesServed() {
    return bytesServed(ALL);
  }

  public long bytesServed(String path) {
    return monitor.get(() -> bytes.getOrDefault(path, 0L));
  }

  /** Returns the maximum number of requests in flight at one time. */
  public int maxInFlight() {
    return maxInFlight(ALL);
  }

  public int maxInFlight(String path) {
    return monitor.get(() -> maxInFlight.getOrDefault(path, 0));
  }

  /** Returns the number of requests in flight now. */
  public int inFlight() {
    return monitor.get(answering::size);
  }

  /** Returns the number of connections opened so far. */
  public int connections() {
    return monitor.get(connections::size);
  }

  public int maxOpenConnections() {
    return monitor.get(() -> maxOpen);
  }

  public void awaitRequests(int count) {
    monitor.await(() -> requests.size() >= count, () -> count + " requests, seen " + requests);
  }

  public void awaitRequests(String path, int count) {
    monitor.await(
        () -> requests.stream().filter(request -> request.path().equals(path)).count() >= count,
        () -> count + " requests for " + path + ", seen " + requests);
  }

  public void awaitBytesServed(long count) {
    awaitBytesServed(ALL, count);
  }

  public void awaitBytesServed(String path, long count) {
    monitor.await(
        () -> bytes.getOrDefault(path, 0L) >= count,
        () -> count + " bytes of " + path + ", served " + bytes);
  }

  /** Waits until no request is in flight. */
  public void awaitIdle() {
    monitor.await(answering::isEmpty, () -> "no request in flight, there are " + answering);
  }

  public void awaitNoConnections() {
    monitor.await(open::isEmpty, () -> "all connections closed, " + open.size() + " are open");
  }
}
