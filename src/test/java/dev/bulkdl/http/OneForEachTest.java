package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneForEachTest {

  /** Begins to connect, and never ends. */
  private static final class Hanging extends ClientConnector {
    private final List<SocketAddress> begun = new ArrayList<>();

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
      begun.add(address);
    }
  }

  private final Hanging connector = new Hanging();
  private final HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
  private final HttpClient client = new HttpClient(transport);

  @BeforeEach
  void start() throws Exception {
    transport.setConnectionPoolFactory(to -> new OneForEach(to, () -> 2));
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
  void opensNoMoreThanMayBeOpen() {
    send();
    send();
    send();
    assertThat(connector.begun).hasSize(2);
  }

  /** As Jetty does when a connection is removed. */
  @Test
  void opensNoneForARequestThatHasOneComing() {
    send().send();
    assertThat(connector.begun).hasSize(1);
  }
}
