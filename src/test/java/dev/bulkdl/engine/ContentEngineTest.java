package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bulkdl.Builders;
import dev.bulkdl.BulkDownloader;
import dev.bulkdl.ContentFetcher;
import dev.bulkdl.Engine;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many downloads without a folder at the same time, and what they share. */
class ContentEngineTest extends ContentFixture {
  private static final int MANY = 20;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  private static Payload payload(int i) {
    return new Payload(100 + i, 400_000 + i);
  }

  /** Starts twenty, each to another target and with a cut in its midst. */
  private List<Future<Got>> startMany(ContentFetcher fetcher) {
    List<Future<Got>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String path = "/f" + i;
      server.serve(path, payload(i)).with(path, new Fault.CutAfter(100_000 + i));
      Target target = Target.values()[i % Target.values().length];
      Download file = file(path);
      all.add(callers.submit(() -> target.fetch(fetcher, file)));
    }
    return all;
  }

  private static void assertAllHold(List<Future<Got>> all) throws Exception {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).get(30, TimeUnit.SECONDS).assertHolds(payload(i), Proof.ETAG);
    }
  }

  @Test
  void twentyAtOnceShareOneEngine() throws Exception {
    try (Engine engine = Engine.builder().connections(5, 5).start();
        ContentFetcher fetcher = builder().engine(engine).open()) {
      assertAllHold(startMany(fetcher));
    }
    assertThat(server.traffic().maxInFlight()).isLessThanOrEqualTo(5);
    assertThat(files.seen(TransferEvent.FileEnded.class)).hasSize(MANY);
  }

  @Test
  void theLimitsOfAFetcherHoldForAllItsDownloads() throws Exception {
    settings = settings.with(Limits.FIXED.withMaxPerHost(3));
    Gate gate = new Gate();
    server.always("/held", new Fault.HoldBefore(gate)).serve("/held", PAYLOAD);
    ContentFetcher fetcher = fetcher();
    List<Future<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Download file = Download.of("f" + i, server.uri("/held"));
      all.add(callers.submit(() -> fetcher.toMemory(file, BOUND).outcome()));
    }
    gate.openStepByStep(3, 8);
    for (Future<Outcome> one : all) {
      completed(one.get(30, TimeUnit.SECONDS));
    }
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
  }

  @Test
  void aFetcherAndADownloaderShareAnEngine() throws Exception {
    try (Engine engine = Engine.start();
        ContentFetcher fetcher = builder().engine(engine).open()) {
      List<Future<Got>> contents = startMany(fetcher);
      BulkDownloader files = BulkDownloader.into(temp.resolve("other")).engine(engine).build();
      assertThat(files.download(List.of(a())).isComplete()).isTrue();
      assertAllHold(contents);
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void anEngineThatClosesEndsItsDownloads(Target target) throws Exception {
    Gate gate = new Gate();
    server.with("/a", new Fault.Stall(100_000, gate));
    Engine engine = Engine.start();
    ContentFetcher fetcher = builder().engine(engine).open();
    Future<Got> got = callers.submit(() -> target.fetch(fetcher, a()));
    gate.awaitArrivals(1);
    engine.close();
    assertThat(got.get(30, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThatIllegalStateException().isThrownBy(() -> target.fetch(fetcher, a()));
    assertThatIllegalStateException().isThrownBy(() -> builder().engine(engine).open());
    fetcher.close();
  }

  @Test
  void aSharedEngineOutlivesAFetcher() throws IOException {
    try (Engine engine = Engine.start()) {
      for (int i = 0; i < 3; i++) {
        try (ContentFetcher fetcher = builder().engine(engine).open()) {
          Target.MEMORY.fetch(fetcher, a()).assertHolds(PAYLOAD, Proof.ETAG);
          fetcher.close();
        }
      }
    }
  }

  @Test
  void settingsThatDoNotFitTheEngineAreRefused() throws IOException {
    try (Engine engine = Engine.start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().connectTimeout(millis(1_234)).engine(engine).open());
    }
  }

  /** It would go to the origin of every download. */
  @Test
  void aCredentialWithoutAHostIsRefused() {
    headers(List.of(Map.entry("Authorization", "s3cret")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().open())
        .withMessageContaining("Authorization")
        .withMessageContaining("give it for the host")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void aCredentialForAHostIsSentThere() {
    String host = URI.create(server.origin()).getAuthority();
    ScopedHeader key = new ScopedHeader(HostScope.parse(host), "Authorization", "s3cret");
    settings = settings.with(settings.http().withScoped(List.of(key)));
    fetch(Target.MEMORY, a()).assertHolds(PAYLOAD, Proof.ETAG);
    assertThat(asked())
        .allSatisfy(request -> assertThat(request.header("Authorization")).hasValue("s3cret"));
  }

  /** As an exception of a listener ends a run. */
  @ParameterizedTest
  @EnumSource(Target.class)
  void aListenerThatThrowsEndsItsDownload(Target target) throws IOException {
    IllegalStateException thrown = new IllegalStateException("mine");
    TransferListener throwing =
        new TransferListener() {
          @Override
          public void onEvent(TransferEvent event) {
            if (event instanceof TransferEvent.Answered) {
              throw thrown;
            }
          }
        };
    try (ContentFetcher fetcher = Builders.fetcher(settings).listener(throwing).open()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> target.fetch(fetcher, a()))
          .isSameAs(thrown);
    }
    server.traffic().awaitNoConnections();
  }

  @Test
  void theDefaultsNeedNoSettings() throws IOException {
    try (ContentFetcher fetcher = ContentFetcher.withDefaults().listener(files).open()) {
      Target.CHANNEL.fetch(fetcher, a()).assertHolds(PAYLOAD, Proof.ETAG);
    }
  }

  @Test
  void nothingIsWrittenToTheFolderOfTheSettings() throws IOException {
    Settings elsewhere = Settings.in(temp.resolve("elsewhere"));
    try (ContentFetcher fetcher = Builders.fetcher(elsewhere).open()) {
      Target.MEMORY.fetch(fetcher, a()).assertHolds(PAYLOAD, Proof.ETAG);
    }
    assertThat(temp.resolve("elsewhere")).doesNotExist();
  }
}
