package dev.bulkdl.transfer;

import dev.bulkdl.control.PauseGate;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.model.Settings;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** What all files of a run share. Thread-safe. */
public final class TransferContext {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final Shared shared;
  private final OutputFolder folder;
  private final Permits permits;
  private final PauseGate gate;
  private final TransferListener listener;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final DoubleSupplier random;
  private final OriginPauses pauses;
  private final Hosts hosts = new Hosts();
  private final OriginHabits habits = new OriginHabits();
  private final LongAdder retries = new LongAdder();
  private final FreeSpace freeSpace;
  private final Outage outage;
  private final RetryPolicy retryPolicy;

  /**
   * What all runs of an engine share.
   *
   * @param fetcher of this run, over the engine's client
   * @param hashing one permit for each file that may be hashed from disk at a time
   */
  public record Shared(Fetcher fetcher, Semaphore hashing) {

    /** For one run that shares nothing. */
    public static Shared alone(Fetcher fetcher) {
      return new Shared(fetcher, new Semaphore(PROCESSORS));
    }
  }

  /** With the machine's own time and chance. */
  public TransferContext(
      Settings settings,
      Shared shared,
      OutputFolder folder,
      Permits permits,
      RunControl control,
      TransferListener listener) {
    this(settings, shared, folder, permits, control, listener, Clocks.system());
  }

  TransferContext(
      Settings settings,
      Shared shared,
      OutputFolder folder,
      Permits permits,
      RunControl control,
      TransferListener listener,
      Clocks clocks) {
    this.settings = settings;
    this.shared = shared;
    this.folder = folder;
    this.permits = permits;
    this.gate = control.gate();
    this.listener = listener;
    this.ticker = clocks.ticker();
    this.sleeper = clocks.sleeper();
    this.random = clocks.random();
    this.pauses = new OriginPauses(ticker, sleeper);
    this.retryPolicy = new RetryPolicy(settings.patience());
    this.outage = new Outage(this);
    this.freeSpace = new FreeSpace(folder, ticker);
  }

  /** What a test replaces. */
  record Clocks(Ticker ticker, Sleeper sleeper, DoubleSupplier random) {
    static Clocks system() {
      return new Clocks(
          Ticker.system(), Sleeper.system(), () -> ThreadLocalRandom.current().nextDouble());
    }
  }

  Settings settings() {
    return settings;
  }

  Fetcher fetcher() {
    return shared.fetcher();
  }

  OutputFolder folder() {
    return folder;
  }

  Permits permits() {
    return permits;
  }

  PauseGate gate() {
    return gate;
  }

  /** Whether the run has fewer connections than processors. The system needs one of these. */
  boolean hasIdleProcessors() {
    return permits.taken() < PROCESSORS - 1;
  }

  Ticker ticker() {
    return ticker;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  double random() {
    return random.getAsDouble();
  }

  OriginPauses pauses() {
    return pauses;
  }

  Hosts hosts() {
    return hosts;
  }

  OriginHabits habits() {
    return habits;
  }

  Outage outage() {
    return outage;
  }

  /** One permit a file that is being hashed from disk. */
  Semaphore hashing() {
    return shared.hashing();
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** What the network and the disk have for this run now. */
  public ResourceSnapshot supply() {
    return new ResourceSnapshot(
        retries.sum(), permits.allowed(), freeSpace.bytes(), hosts.snapshot(pauses.left()));
  }

  void emit(TransferEvent event) {
    if (event instanceof TransferEvent.Retrying) {
      retries.increment();
    }
    listener.onEvent(event);
  }
}
