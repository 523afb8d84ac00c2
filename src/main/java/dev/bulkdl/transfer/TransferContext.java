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

/** The settings and services that all files of a run share. Thread-safe. */
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
   * @param fetcher the fetcher of this run, which uses the engine's HTTP client
   * @param hashing one permit for each file that can be hashed from disk at a time
   */
  public record Shared(Fetcher fetcher, Semaphore hashing) {

    /** Returns the services for a single run. */
    public static Shared alone(Fetcher fetcher) {
      return new Shared(fetcher, new Semaphore(PROCESSORS));
    }
  }

  /** Creates a context with the system's clock and random numbers. */
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

  /** Time and randomness, which tests replace. */
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

  /** Whether the run has fewer connections than processors; one processor is left to the system. */
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

  /** One permit for each file that is being hashed from disk. */
  Semaphore hashing() {
    return shared.hashing();
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Returns the state of the run's network and disk resources now. */
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
