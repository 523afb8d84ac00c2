package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent.Delivered;
import dev.bulkdl.model.Origin;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each content is reported with its bytes and the origin that sent it. */
class DeliveryTest extends EngineFixture {

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void isToldOfEachContent(int segments) {
    segments(segments);
    int least = Math.min(segments, 2);
    Gate gate = new Gate();
    server.with("/a", new Fault.Stall(100 * KIB, gate));
    steered(
        List.of(a()),
        run -> {
          server.awaitRequests(least);
          gate.open();
        });
    List<Delivered> contents = watch.seen(Delivered.class);
    assertThat(contents).hasSizeGreaterThanOrEqualTo(least);
    assertThat(contents.stream().mapToLong(Delivered::bytes).sum())
        .isGreaterThanOrEqualTo(PAYLOAD.size());
    assertThat(contents)
        .allMatch(content -> content.took().isPositive())
        .allMatch(content -> content.origin().equals(Origin.of(server.uri("/a"))));
  }

  /** Neither the redirect's body nor the refusal's is content. */
  @Test
  void isNotToldOfWhatIsNoContent() {
    try (FaultServer cdn = FaultServer.http().serve("/a", PAYLOAD)) {
      URI target = cdn.uri("/a");
      server.with("/a", new Fault.Status(503), new Fault.Redirect(302, target.toString()));
      download(a());
      assertThat(watch.seen(Delivered.class))
          .singleElement()
          .matches(content -> content.origin().equals(Origin.of(target)));
    }
  }
}
