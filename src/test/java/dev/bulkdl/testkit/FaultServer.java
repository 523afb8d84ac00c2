package dev.bulkdl.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A web server that handles ranges and validators correctly by RFC 9110, except for the {@link
 * Fault}s that a test adds: {@code server.serve("/a", payload).with("/a", new ShortRange(9))}.
 *
 * <p>Paths are percent-encoded, as on the wire. Every request is recorded when it arrives, before
 * any fault.
 */
public final class FaultServer implements AutoCloseable {
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Traffic traffic = new Traffic();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final String scheme;
  private final JettyHost host;

  private FaultServer(Optional<Certificate> certificate) {
    scheme = certificate.isPresent() ? "https" : "http";
    host = new JettyHost(certificate, traffic, new Answering());
  }

  public static FaultServer http() {
    return new FaultServer(Optional.empty());
  }

  public static FaultServer https() {
    return https(Certificate.GOOD);
  }

  public static FaultServer https(Certificate certificate) {
    return new FaultServer(Optional.of(certificate));
  }

  /** Serves this content at the path from now on. */
  public FaultServer serve(String path, Payload payload) {
    route(path).hold(payload);
    return this;
  }

  /**
   * Applies the n-th fault to the n-th request to the path from now on. Later requests have no
   * fault.
   */
  public FaultServer with(String path, Fault... script) {
    return with(path, request -> true, script);
  }

  /** Does the same for the n-th request that matches the predicate. */
  public FaultServer with(String path, Predicate<SeenRequest> which, Fault... script) {
    route(path).script(which, List.of(script));
    return this;
  }

  /** Applies all these faults to every request to the path. */
  public FaultServer always(String path, Fault... faults) {
    return always(path, request -> true, faults);
  }

  public FaultServer always(String path, Predicate<SeenRequest> which, Fault... faults) {
    route(path).rule(which, List.of(faults));
    return this;
  }

  /** Removes the path's faults. */
  public FaultServer mend(String path) {
    route(path).mend();
    return this;
  }

  /** Returns the ETag of the path's current content without faults. */
  public Optional<String> etag(String path) {
    return route(path).resource().flatMap(Resource::etag);
  }

  /** Returns the Last-Modified date of the path's current content without faults. */
  public Optional<String> lastModified(String path) {
    return route(path).resource().flatMap(Resource::lastModified);
  }

  public URI uri(String path) {
    return URI.create(origin() + path);
  }

  /** Returns the origin, such as {@code http://127.0.0.1:40123}. */
  public String origin() {
    return scheme + "://127.0.0.1:" + host.port();
  }

  /** Returns the recorded requests, and methods that wait for them. */
  public Traffic traffic() {
    return traffic;
  }

  public List<SeenRequest> requests() {
    return traffic.requests();
  }

  public List<SeenRequest> requests(String path) {
    return traffic.requests(path);
  }

  /** Returns the number of content bytes written to sockets, over all paths. */
  public long bytesServed() {
    return traffic.bytesServed();
  }

  public void awaitRequests(int count) {
    traffic.awaitRequests(count);
  }

  public void awaitBytesServed(String path, long count) {
    traffic.awaitBytesServed(path, count);
  }

  /** Closes all connections and refuses new ones until {@link #up}. */
  public void down() {
    host.down();
  }

  /** Listens again, on the same port. */
  public void up() {
    host.up();
  }

  @Override
  public void close() {
    closed.complete(null);
    host.close();
  }

  private Route route(String path) {
    return routes.computeIfAbsent(path, unused -> new Route());
  }

  private SeenRequest seen(Request request, int order) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      headers.merge(field.getName(), List.of(field.getValue()), SeenRequest::joined);
    }
    return new SeenRequest(
        order,
        request.getMethod(),
        request.getHttpURI().getPath(),
        Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
        headers,
        traffic.number(connection.getConnection()),
        ((InetSocketAddress) connection.getRemoteSocketAddress()).getPort());
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      SeenRequest seen = traffic.arrived(order -> seen(request, order));
      try {
        Route route = route(seen.path());
        Faults faults = route.faultsFor(seen);
        Answer answer = Answer.to(seen, route.resource(), faults);
        faults.find(Fault.OverwrittenAfter.class).ifPresent(change -> route.hold(change.payload()));
        Peer peer = new Peer(request.getConnectionMetaData().getConnection().getEndPoint());
        new Delivery(seen, faults, traffic, peer, closed).send(answer, response);
        callback.succeeded();
      } catch (IOException e) {
        callback.failed(e);
      } finally {
        traffic.left(seen);
      }
      return true;
    }
  }
}
