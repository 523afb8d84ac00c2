package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.bulkdl.Result;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.settings.Http2Mode;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.testkit.Nginx;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 with a real server, which ends each connection after 100 requests. */
@ThisMachineIsFar
class Http2Test extends EngineFixture {

  @TempDir private Path root;
  private Nginx nginx;

  @BeforeAll
  static void needsNginx() {
    Nginx.orSkip("HTTP/2 with nginx");
  }

  @BeforeEach
  void serve() {
    nginx = Nginx.over(root);
    trust();
    settings = settings.with(Limits.DEFAULTS.withMaxFiles(256));
  }

  @AfterEach
  void stopServing() {
    nginx.close();
  }

  private List<Download> files(int count, int bytes, Map<String, Payload> content, boolean sized) {
    List<Download> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "f" + i;
      Payload payload = new Payload(i, bytes + i);
      payload.writeTo(root.resolve(name));
      content.put(name, payload);
      Download file = Download.of(name, nginx.http2Uri("/" + name));
      files.add(sized ? sized(file, payload.size()) : file);
    }
    return files;
  }

  private List<Download> slowFiles(int count) {
    return files(count, 200_000, new HashMap<>(), true).stream()
        .map(file -> at(file, nginx.http2Uri("/slow/" + file.target().value())))
        .toList();
  }

  private Map<String, Long> requestsByProtocol() {
    return nginx.http2Log().stream()
        .collect(Collectors.groupingBy(line -> line.split(" ")[0], Collectors.counting()));
  }

  @Test
  void smallFilesShareConnectionsAndNoneIsTriedTwice() {
    Map<String, Payload> content = new HashMap<>();
    Result result = run(files(2_000, 2_000, content, true));
    assertThat(watch.seen(TransferEvent.Retrying.class))
        .extracting(TransferEvent.Retrying::failure)
        .isEmpty();
    assertThat(result.files())
        .extracting(file -> file.outcome().effort().attempts())
        .containsOnly(1);
    Trees.assertHolds(out, content);
    assertFewAreRepeated(2_000, requestsByProtocol());
  }

  /**
   * The end of a connection can lose answers that were under way, and some requests meet it again
   * and again. Those go over a connection of their own.
   */
  private static void assertFewAreRepeated(long files, Map<String, Long> requests) {
    long sent = requests.values().stream().mapToLong(Long::longValue).sum();
    assertThat(sent).isBetween(files, files + files / 100);
    assertThat(requests.get("HTTP/2.0")).isGreaterThan(files - files / 100);
  }

  /** Requests that share connections end at a pause too, so that other hosts get their permits. */
  @Test
  void aPausedHostEndsItsSharedRequests() {
    settings = settings.with(RateLimits.NONE.withTotal(RateTable.always(Rate.of(50_000))));
    Map<String, Payload> content = new HashMap<>();
    List<Download> files = files(300, 2_000, content, true);
    String host = files.getFirst().origin().host();
    steered(
        files,
        run -> {
          watch.awaitProgress(shown -> shown.completed() >= 20 && shown.connections() > 0);
          run.pauseHost(host);
          watch.awaitProgress(
              shown ->
                  shown.connections() == 0
                      && shown.hosts().stream().anyMatch(each -> each.allowed() == 0));
          run.limitRate(Rate.UNLIMITED);
          run.resumeHost(host);
        });
    assertThat(report().exitCode()).isZero();
    Trees.assertHolds(out, content);
    assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  @Test
  void withoutSizesTheFirstResponsesDecide() {
    Map<String, Payload> content = new HashMap<>();
    run(files(300, 2_000, content, false));
    Trees.assertHolds(out, content);
    Map<String, Long> requests = requestsByProtocol();
    assertThat(requests.get("HTTP/1.1")).isLessThanOrEqualTo(32);
    assertThat(requests.get("HTTP/2.0")).isGreaterThan(250);
  }

  /** Its answer comes over a shared connection, because most files of the host are small. */
  @Test
  void aLargeFileOfUnknownSizeMovesToAConnectionOfItsOwn() {
    Map<String, Payload> content = new HashMap<>();
    List<Download> files = new ArrayList<>(files(40, 2_000, content, false));
    Payload large = new Payload(99, 3 << 20);
    large.writeTo(root.resolve("large"));
    content.put("large", large);
    files.add(Download.of("large", nginx.http2Uri("/large")));
    run(files);
    Trees.assertHolds(out, content);
    List<String> requests =
        nginx.http2Log().stream().filter(line -> line.contains(" /large ")).toList();
    assertThat(requests).last(STRING).startsWith("HTTP/1.1 ");
    assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
  }

  @Test
  void itIsNotUsedWhereTheUserSaysNever() {
    settings = settings.with(settings.http().with(Http2Mode.NEVER));
    Map<String, Payload> content = new HashMap<>();
    run(files(20, 2_000, content, true));
    assertThat(requestsByProtocol()).containsExactly(Map.entry("HTTP/1.1", 20L));
  }

  @Test
  void aPartialFileGoesOnOverHttp2() {
    Map<String, Payload> content = new HashMap<>();
    List<Download> files = files(1, 300_000, content, true);
    Download slow = at(files.getFirst(), nginx.http2Uri("/slow/f0"));
    Result stopped =
        steered(
            List.of(slow),
            run -> {
              watch.awaitProgress(progress -> progress.received() >= 50_000);
              run.stop();
            });
    assertThat(stopped.isComplete()).isFalse();
    long kept = part(slow).toFile().length();
    assertThat(kept).isBetween(50_000L, 299_999L);
    run(List.of(slow));
    Trees.assertHolds(out, content);
    assertThat(nginx.http2Log())
        .last(STRING)
        .startsWith("HTTP/2.0 ")
        .endsWith(" 206 /slow/f0 \"bytes=" + kept + "-299999\"");
  }

  /** What people see are connections, not the requests that share them. */
  @Test
  void sharedConnectionsAreCountedOnce() {
    steered(
        slowFiles(60),
        run -> {
          watch.awaitProgress(
              shown -> {
                int ofHosts =
                    shown.hosts().stream().mapToInt(RunProgress.HostSnapshot::connections).sum();
                return shown.active().size() >= 20
                    && shown.connections() > 0
                    && shown.connections() <= 9
                    && ofHosts == shown.connections();
              });
          run.stop();
        });
  }

  /** A server or a network can limit the rate of each connection. */
  @Test
  void manyRequestsSpreadOverThePermittedConnections() {
    steered(
        slowFiles(100),
        run -> {
          watch.awaitProgress(shown -> shown.active().size() >= 80);
          run.stop();
        });
    Map<String, Long> requestsByConnection =
        nginx.http2Log().stream()
            .filter(line -> line.startsWith("HTTP/2.0"))
            .collect(Collectors.groupingBy(line -> line.split(" ")[1], Collectors.counting()));
    assertThat(requestsByConnection).hasSizeBetween(3, 8);
  }

  @Test
  void aLargeFileGetsAConnectionOfItsOwn() {
    Map<String, Payload> content = new HashMap<>();
    run(files(2, 1 << 20, content, true));
    Trees.assertHolds(out, content);
    assertThat(requestsByProtocol()).containsOnlyKeys("HTTP/1.1");
  }
}
