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
    return IntStream.range(0, count)
        .mapToObj(i -> Download.of("f" + i, server.uri("/a")))
        .iterator();
  }

  private List<Outcome> outcomes() {
    return events.stream()
        .filter(FileEnded.class::isInstance)
        .map(event -> ((FileEnded) event).outcome())
        .toList();
  }

  @Test
  void returnsWhenEveryFileHasEnded() throws IOException {
    run(files(20));
    assertThat(outcomes()).hasSize(20).allMatch(Outcome.Completed.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"32, 1024", "600, 1200"})
  void takesInNoMoreFilesThanItsWindowHolds(int maxFiles, int window) throws IOException {
    limits = limits.withMaxFiles(maxFiles);
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    AtomicInteger unended = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    also =
        event -> {
          if (event instanceof TransferEvent.FileStarted
              && most.accumulateAndGet(unended.incrementAndGet(), Math::max) == window) {
            control.stop();
          } else if (event instanceof FileEnded) {
            unended.decrementAndGet();
          }
        };
    run(files(window + 500));
    assertThat(most).hasValueBetween(window, window + 1);
    assertThat(outcomes()).hasSize(window + 500);
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
