package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.SeenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F7: a server that lets only some requests through, and says when to come again. */
class ThrottleTest extends EngineFixture {

  private static final int ROWS = 60;

  private List<Download> rows() {
    settings = settings.with(Limits.FIXED);
    List<Download> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      server.serve("/" + i, PAYLOAD);
      rows.add(file("/" + i));
    }
    return rows;
  }

  /** Of all requests over all paths, every third one passes. */
  private static boolean isRefused(SeenRequest request) {
    return request.order() % 3 != 0;
  }

  private void always(Predicate<SeenRequest> which, Fault fault) {
    for (int i = 0; i < ROWS; i++) {
      server.always("/" + i, which, fault);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void noRowIsLostWhileOthersAreServed(int status) {
    List<Download> rows = rows();
    always(ThrottleTest::isRefused, new Fault.RetryAfter(status, 1));
    Result result = run(rows);
    assertThat(report().exitCode()).isZero();
    assertThat(report().files().completed()).isEqualTo(ROWS);
    assertThat(watch.seen(TransferEvent.OriginPaused.class)).isNotEmpty();
  }

  /** The origin that is asked first only redirects: that is what it serves. */
  @Test
  void aRedirectIsServiceToo() {
    try (FaultServer store = FaultServer.http()) {
      List<Download> rows = rows();
      for (int i = 0; i < ROWS; i++) {
        store.serve("/" + i, PAYLOAD);
        String target = store.uri("/" + i).toString();
        server.always("/" + i, request -> !isRefused(request), new Fault.Redirect(302, target));
        server.always("/" + i, ThrottleTest::isRefused, new Fault.RetryAfter(429, 1));
      }
      Result result = run(rows);
      assertThat(report().exitCode()).isZero();
      assertThat(watch.seen(TransferEvent.OriginPaused.class)).isNotEmpty();
    }
  }

  @Test
  void anOriginThatOnlyEverAsksToWaitEnds() {
    List<Download> rows = rows();
    always(request -> true, new Fault.RetryAfter(429, 1));
    Result result = run(rows);
    assertThat(report().exitCode()).isEqualTo(3);
    assertThat(report().failures()).isEqualTo(Map.of("http", (long) ROWS));
    assertThat(asked()).hasSize(ROWS * (1 + settings.patience().retries()));
  }

  /** 429 without a time to wait: one file after the other would be refused, hundreds a second. */
  @Test
  void anOriginThatServesNothingIsLeftAlone() {
    List<Download> rows = rows();
    settings = settings.with(RetrySettings.DEFAULTS.withDelays(millis(400), millis(800)));
    AtomicBoolean serves = new AtomicBoolean();
    always(request -> !serves.get(), new Fault.Status(429));
    Result result =
        steered(
            rows,
            run -> {
              watch.await(TransferEvent.OriginPaused.class, 3);
              serves.set(true);
              run.await();
            });
    assertThat(report().files().completed()).isEqualTo(ROWS);
    assertThat(asked().size() - ROWS).isLessThan(ROWS);
  }

  /** The one that is refused for ever ends after all others have. */
  @Test
  void aRowThatIsRefusedForEverEndsAfterTheOthers() {
    List<Download> rows = rows();
    server.always("/0", new Fault.RetryAfter(429, 1));
    Result result = run(rows);
    assertThat(report().exitCode()).isEqualTo(3);
    assertThat(report().files().completed()).isEqualTo(ROWS - 1);
    assertThat(
            failed(
                result.files().stream()
                    .filter(file -> file.download().target().value().equals("0"))
                    .findFirst()
                    .orElseThrow()
                    .outcome()))
        .isInstanceOf(Failure.Http.class);
  }

  /** One row that is unavailable for a while does not hold up the other rows of its host. */
  @Test
  void aRowThatIsUnavailableHoldsUpNoOther() {
    List<Download> rows = rows();
    server.always("/0", request -> othersAsked() < ROWS - 1, new Fault.RetryAfter(503, 1));
    Result result = run(rows);
    assertThat(report().exitCode()).isZero();
    assertThat(report().files().completed()).isEqualTo(ROWS);
    assertThat(watch.seen(TransferEvent.OriginPaused.class)).isEmpty();
    assertThat(asked().getLast().path()).isEqualTo("/0");
    assertThat(othersAsked()).isEqualTo(ROWS - 1);
  }

  private long othersAsked() {
    return server.requests().stream().filter(request -> !request.path().equals("/0")).count();
  }
}
