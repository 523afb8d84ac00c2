package dev.bulkdl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkRunTest {

  private static final Payload CONTENT = new Payload(1, 100);

  private final FaultServer server = FaultServer.http().serve("/a", CONTENT);
  private final RunControl control = new RunControl(new Permits(Limits.FIXED));
  private final AtomicLong now = new AtomicLong();
  private final List<TransferEvent> events = Collections.synchronizedList(new ArrayList<>());
  private Consumer<TransferEvent> also = event -> {};
  private Limits limits = Limits.FIXED.withMaxConnections(2);
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private void run(Iterator<Download> downloads) throws IOException {
    Ticker ticker = now::get;
    TransferListener listener =
        new TransferListener() {
          @Override
          public void onEvent(TransferEvent event) {
            events.add(event);
            also.accept(event);
          }
        };
    Settings settings = Settings.in(folder).with(limits);
    try (OutputFolder place = OutputFolder.open(settings.disk());
        TransferEngine engine = TransferEngine.start(EngineSettings.DEFAULTS)) {
      RunCounters counters = new RunCounters(ticker, -1, 0, 0);
      Permits permits = new Permits(settings.limits());
      TransferContext context =
          engine.join(settings, TransferContext.Target.of(place), permits, control, listener);
      new BulkRun(context, limits.maxFiles(), control, listener, counters).run(downloads);
    }
  }

  private Iterator<Download> files(int count) {
    return stream(count).iterator();
  }

  private Stream<Download> stream(int count) {
    return IntStream.range(0, count).mapToObj(i -> Download.of("f" + i, server.uri("/a")));
  }

  private List<Outcome> outcomes() {
    return List.copyOf(events).stream()
        .filter(FileEnded.class::isInstance)
        .map(event -> ((FileEnded) event).outcome())
        .toList();
  }

  @Test
  void returnsWhenEveryFileHasEnded() throws IOException {
    run(files(20));
    assertThat(outcomes()).hasSize(20).allMatch(Outcome.Completed.class::isInstance);
  }

  /** One file for each four connections is ready for the next free one. */
  @ParameterizedTest
  @CsvSource({"1, 32, 2", "2, 32, 3", "8, 32, 10", "64, 4, 5"})
  void aRowBeginsWhenAConnectionIsFreeAndNotBefore(int connections, int maxFiles, int most)
      throws IOException {
    limits = limits.withMaxConnections(connections).withMaxFiles(maxFiles);
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger begunWhileHeld = new AtomicInteger();
    also =
        event -> {
          if (event instanceof TransferEvent.FileStarted) {
            begun.incrementAndGet();
          }
        };
    int inFlight = Math.min(connections, Math.min(maxFiles, limits.maxPerHost()));
    Thread.ofVirtual()
        .start(
            () -> {
              gate.awaitArrivals(inFlight);
              begunWhileHeld.set(begun.get());
              gate.open();
            });
    run(files(500));
    assertThat(begunWhileHeld).hasValueBetween(inFlight, most);
    assertThat(outcomes()).hasSize(500).allMatch(Outcome.Completed.class::isInstance);
  }

  /** The first rows are more than are read ahead at first. */
  @Test
  void aHostThatDoesNotAnswerHoldsUpNoOther() throws IOException {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    try (FaultServer other = FaultServer.http().serve("/b", CONTENT)) {
      also =
          event -> {
            if (event instanceof FileEnded ended && completedOf(other, ended)) {
              gate.open();
            }
          };
      Stream<Download> others =
          IntStream.range(0, 20).mapToObj(i -> Download.of("o" + i, other.uri("/b")));
      limits = Limits.FIXED;
      run(Stream.concat(stream(3000), others).iterator());
    }
    assertThat(outcomes()).hasSize(3020).allMatch(Outcome.Completed.class::isInstance);
  }

  private boolean completedOf(FaultServer other, FileEnded ended) {
    return ended.download().origin().port() == other.uri("/b").getPort() && outcomes().size() >= 20;
  }

  @Test
  void aPausedHostHoldsUpNoOther() throws IOException {
    server.always("/a", new Fault.RetryAfter(429, 3600));
    limits = Limits.FIXED;
    try (FaultServer other = FaultServer.http().serve("/b", CONTENT)) {
      AtomicInteger completed = new AtomicInteger();
      also =
          event -> {
            if (event instanceof FileEnded && completed.incrementAndGet() == 20) {
              control.stop();
            }
          };
      Stream<Download> others =
          IntStream.range(0, 20).mapToObj(i -> Download.of("o" + i, other.uri("/b")));
      run(Stream.concat(stream(3000), others).iterator());
    }
    assertThat(outcomes()).filteredOn(Outcome.Completed.class::isInstance).hasSize(20);
  }

  @Test
  void aHigherPriorityGoesFirst() throws IOException {
    limits = Limits.FIXED.withMaxConnections(1);
    run(
        IntStream.range(0, 9)
            .mapToObj(i -> Download.of("f" + i, server.uri("/a")).withPriority(i % 3))
            .iterator());
    List<String> begun =
        events.stream()
            .filter(TransferEvent.FileStarted.class::isInstance)
            .map(event -> ((TransferEvent.FileStarted) event).download().target().value())
            .toList();
    assertThat(begun).containsExactly("f2", "f5", "f8", "f1", "f4", "f7", "f0", "f3", "f6");
  }

  @Test
  void tellsOfFilesThatHaveNotBegunWhenItIsStopped() throws IOException {
    control.stop();
    run(files(100));
    assertThat(outcomes()).hasSize(100).allMatch(Outcome.Cancelled.class::isInstance);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void leavesThoseThatItHasNoTimeToTellOf() throws IOException {
    control.stop();
    also = event -> now.addAndGet(100_000_000);
    Iterator<Download> downloads = files(1000);
    run(downloads);
    assertThat(outcomes()).hasSizeBetween(10, 30);
    assertThat(downloads).hasNext();
  }

  @Test
  void aBugStopsTheRunAndIsThrownWhenAllFilesHaveEnded() {
    also =
        event -> {
          if (event instanceof FileEnded ended && ended.download().target().value().equals("f3")) {
            throw new IllegalStateException("a bug");
          }
        };
    assertThatThrownBy(() -> run(files(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
    assertThat(control.isStopped()).isTrue();
    assertThat(outcomes()).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aBugOfTheIteratorIsThrownToo() {
    Iterator<Download> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Download next() {
            throw new IllegalArgumentException("no row");
          }
        };
    assertThatThrownBy(() -> run(broken)).hasMessage("no row");
  }
}
