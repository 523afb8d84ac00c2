package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.AddressRange;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.Test;

class JudgedResolverTest {

  private static List<InetSocketAddress> resolve(JudgedResolver resolver, int port)
      throws Exception {
    CompletableFuture<List<InetSocketAddress>> result = new CompletableFuture<>();
    resolver.resolve(
        "name.example",
        port,
        Map.of(),
        Promise.from(result::complete, result::completeExceptionally));
    return result.get();
  }

  /** A name server that gives these answers. */
  private static JudgedResolver answering(Proxies proxies, String... addresses) {
    SocketAddressResolver names =
        new SocketAddressResolver() {
          @Override
          public void resolve(
              String host,
              int port,
              Map<String, Object> context,
              Promise<List<InetSocketAddress>> promise) {
            promise.succeeded(
                Arrays.stream(addresses).map(each -> new InetSocketAddress(each, port)).toList());
          }
        };
    return new JudgedResolver(names, proxies);
  }

  @Test
  void onlyGoodAddressesOfANameAreLeft() throws Exception {
    JudgedResolver resolver = answering(Proxies.NONE, "127.0.0.1", "8.8.8.8", "::1");
    resolver.judgeBy(AddressPolicy.restrictedTo(List.of()));
    assertThat(resolve(resolver, 80)).containsExactly(new InetSocketAddress("8.8.8.8", 80));
  }

  @Test
  void aNameWithoutAGoodAddressFailsForGood() {
    JudgedResolver resolver = answering(Proxies.NONE, "169.254.169.254");
    resolver.judgeBy(AddressPolicy.restrictedTo(List.of()));
    assertThatThrownBy(() -> resolve(resolver, 80))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessage("169.254.169.254 is a link-local address");
  }

  @Test
  void ourOwnPortIsRefusedEvenIfLoopbackIsAllowed() throws Exception {
    JudgedResolver resolver = answering(Proxies.NONE, "127.0.0.1");
    resolver.judgeBy(AddressPolicy.restrictedTo(List.of(AddressRange.parse("127.0.0.0/8"))));
    resolver.forbidOwn(8017);
    assertThat(resolve(resolver, 8018)).hasSize(1);
    assertThatThrownBy(() -> resolve(resolver, 8017))
        .hasRootCauseMessage("127.0.0.1 is this program itself");
  }

  @Test
  void theProxyOfTheSettingsMayBeAnywhere() throws Exception {
    Proxies proxies =
        new Proxies(
            Optional.of(Proxy.parse("http://name.example:3128")),
            Optional.empty(),
            Proxies.NONE.direct());
    JudgedResolver resolver = answering(proxies, "10.0.0.1");
    resolver.judgeBy(AddressPolicy.restrictedTo(List.of()));
    assertThat(resolve(resolver, 3128)).hasSize(1);
    assertThatThrownBy(() -> resolve(resolver, 80)).isInstanceOf(ExecutionException.class);
  }
}
