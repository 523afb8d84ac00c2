package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.FetchRequest;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A run whose network is a list of responses, and whose clock moves only during a sleep. */
final class FakeRun implements Ticker, Sleeper, Fetcher, TransferListener {

  /** An arbitrary moment; the clock can overflow. */
  private long now = Long.MAX_VALUE - 1_000;

  final List<Duration> slept = new ArrayList<>();
  final List<TransferEvent> events = new ArrayList<>();
  final List<FetchRequest> asked = new ArrayList<>();
  final Deque<FetchResponse> answers = new ArrayDeque<>();

  TransferContext context(RetrySettings patience) {
    try {
      Settings settings = Settings.in(Path.of("nowhere")).with(patience).with(Limits.FIXED);
      return new TransferContext(
          settings,
          TransferContext.Shared.alone(this),
          TransferContext.Target.of(OutputFolder.look(settings.disk())),
          new Permits(settings.limits()),
          new RunControl(new Permits(Limits.FIXED)),
          this,
          new TransferContext.Clocks(this, this, () -> 0.5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <E extends TransferEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Moves the clock. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    slept.add(duration);
    now += duration.toNanos();
  }

  @Override
  public FetchResponse get(FetchRequest request, Cancellation cancellation) {
    cancellation.check();
    asked.add(request);
    return answers.remove();
  }

  @Override
  public void onEvent(TransferEvent event) {
    events.add(event);
  }
}
