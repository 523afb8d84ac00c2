package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedConnectionPoolTest {

  /** Starts to connect; never ends if it hangs. */
  private static final class Counting extends ClientConnector {
    private final List<SocketAddress> begun = new ArrayList<>();
    private boolean hangs = true;

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
      begun.add(address);
      if (!hangs) {
        super.connect(address, context);
      }
    }
  }

  private final Counting connector = new Counting();
  private int most = 2;
  private int wanted;
  private final JettyClient.Allowed allowed =
      new JettyClient.Allowed(
          () -> most,
          () -> most,
          origin -> 0,
          origin -> wanted,
          (origin, borne) -> {},
          () -> Long.MAX_VALUE);
  private final HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
  private final HttpClient client = new HttpClient(transport);

  @BeforeEach
  void start() throws Exception {
    transport.setConnectionPoolFactory(to -> new BoundedConnectionPool(to, allowed));
    client.setSocketAddressResolver(new SocketAddressResolver.Sync());
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
  }

  private HttpDestination send() {
    client.newRequest("http://127.0.0.1:9/").send(ignored -> {});
    return (HttpDestination) client.getDestinations().getFirst();
  }

  @Test
  void opensOneForEachRequest() {
    send();
    send();
    assertThat(connector.begun).hasSize(2);
  }

  @Test
  void opensAtMostTheLimit() {
    send();
    send();
    send();
    assertThat(connector.begun).hasSize(2);
  }

  @Test
  void opensTheNextOnesAhead() {
    most = 8;
    wanted = 4;
    send();
    assertThat(connector.begun).hasSize(4);
    send();
    assertThat(connector.begun).hasSize(4);
  }

  @Test
  void opensNoMoreAheadThanTheLimit() {
    wanted = 4;
    send();
    assertThat(connector.begun).hasSize(2);
  }

  /** Like Jetty when a connection is removed. */
  @Test
  void opensNoneForARequestWithAConnectionUnderWay() {
    send().send();
    assertThat(connector.begun).hasSize(1);
  }

  /** Like Jetty with a connection for a request that another thread has taken meanwhile. */
  @Test
  void aWaitingRequestGetsTheReleasedConnection() throws Exception {
    most = 1;
    connector.hangs = false;
    try (FaultServer server = FaultServer.http().serve("/a", new Payload(1, 10))) {
      client.GET(server.uri("/a"));
      Destination to = client.getDestinations().getFirst();
      ConnectionPool pool = ((HttpDestination) to).getConnectionPool();
      Connection idle = pool.acquire(false);
      CompletableFuture<Result> waiting = new CompletableFuture<>();
      client.newRequest(server.uri("/a")).send(waiting::complete);
      pool.release(idle);
      assertThat(waiting).succeedsWithin(Duration.ofMinutes(2)).returns(true, Result::isSucceeded);
      assertThat(connector.begun).hasSize(1);
    }
  }
}
