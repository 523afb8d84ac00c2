package dev.bulkdl.page;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A run as listeners see it, with its own clock. */
final class PageSamples {
  static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final TransferListener listener;
  private final RunHistory history;

  /** Creates a run. Both the history and the given listener receive its events. */
  PageSamples(TransferListener other) {
    history = new RunHistory(nanos::get);
    listener = TransferListener.all(java.util.List.of(history, other));
    listener.onEvent(new TransferEvent.RunStarted("id", "rows.csv", Path.of("out"), -1, NOON));
  }

  RunHistory history() {
    return history;
  }

  void at(Duration elapsed) {
    nanos.set(elapsed.toNanos());
  }

  void event(TransferEvent event) {
    listener.onEvent(event);
  }

  /** Adds a file from start to end over one connection. */
  void file(Download file, Outcome outcome, TransferEvent... between) {
    event(new TransferEvent.FileStarted(file));
    for (TransferEvent each : between) {
      event(each);
    }
    event(new TransferEvent.FileEnded(file, outcome));
  }

  static Outcome completed(long size) {
    return new Outcome.Completed(size, Proof.ETAG, effort(size));
  }

  static Outcome failed(int status) {
    String text = "the server answered " + status;
    return new Outcome.Failed(new Failure.Http(status, text, Optional.empty()), effort(0));
  }

  private static Outcome.Effort effort(long bytes) {
    return new Outcome.Effort(bytes, 0, 0, 1, 1, RangeSupport.SUPPORTED, Duration.ofMillis(1500));
  }
}
