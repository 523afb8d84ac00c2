package dev.bulkdl.transfer;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.control.PauseGate;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RetryWaits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.rate.RequestTurns;
import dev.bulkdl.rate.RunRates;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The settings and services that the requests of a run share: permits, pauses, and the knowledge
 * about the origins. It needs no output folder; {@link TransferContext} adds one. Thread-safe.
 */
public sealed class RequestContext permits TransferContext {

  /** A shorter pause only spaces requests. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final RequestSettings settings;
  private final Fetcher fetcher;
  private final Permits permits;
  private final PauseGate gate;
  private final RetryWaits retryWaits;
  private final RunRates rates;
  private final TransferListener listener;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private final DoubleSupplier random;
  private final OriginPauses pauses;
  private final OriginRefusals refusals;
  private final Hosts hosts = new Hosts();
  private final OriginHabits habits = new OriginHabits();
  private final SmallFiles smallFiles = new SmallFiles();
  private final LongAdder retries = new LongAdder();
  private final Outage outage;
  private final RetryPolicy retryPolicy;

  /**
   * Creates a context with the system's clock and random numbers.
   *
   * @param fetcher the fetcher of this run, which uses the engine's HTTP client
   */
  public RequestContext(
      RequestSettings settings,
      Fetcher fetcher,
      Permits permits,
      RunControl control,
      TransferListener listener) {
    this(settings, fetcher, permits, control, listener, Clocks.system());
  }

  RequestContext(
      RequestSettings settings,
      Fetcher fetcher,
      Permits permits,
      RunControl control,
      TransferListener listener,
      Clocks clocks) {
    this.settings = settings;
    this.fetcher = fetcher;
    this.permits = permits;
    this.gate = control.gate();
    this.retryWaits = control.retryWaits();
    this.rates = control.rates();
    this.listener = listener;
    this.ticker = clocks.ticker();
    this.sleeper = clocks.sleeper();
    this.random = clocks.random();
    this.pauses = new OriginPauses(ticker, sleeper, InstantSource.system());
    this.refusals = new OriginRefusals(ticker);
    this.retryPolicy = new RetryPolicy(settings.patience());
    this.outage = new Outage(this);
  }

  /** Time and randomness, which tests replace. */
  record Clocks(Ticker ticker, Sleeper sleeper, DoubleSupplier random) {
    static Clocks system() {
      return new Clocks(
          Ticker.system(), Sleeper.system(), () -> ThreadLocalRandom.current().nextDouble());
    }
  }

  Limits limits() {
    return settings.limits();
  }

  RetrySettings patience() {
    return settings.patience();
  }

  HttpSettings http() {
    return settings.http();
  }

  Fetcher fetcher() {
    return fetcher;
  }

  Permits permits() {
    return permits;
  }

  PauseGate gate() {
    return gate;
  }

  RetryWaits retryWaits() {
    return retryWaits;
  }

  /** Returns the turns for the starts of requests to each host. */
  RequestTurns requestTurns() {
    return rates.requests();
  }

  /** Returns a body that keeps to the rate limits of the run. */
  PacedBody paced(BodyChannel body, Origin origin, ConnectionSlot slot) {
    return new PacedBody(body, rates.connection(origin.host()), slot.cancellation(), ticker);
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

  /** Pauses an origin that allows no further request for this time. */
  public void rationed(Origin origin, Duration pause) {
    String why = "the server allows no more requests now";
    boolean first = pauses.pause(origin, pause, why);
    if (first && pause.compareTo(WORTH_TELLING) >= 0) {
      Failure cause = new Failure.Http(429, why, Optional.of(pause));
      emit(new TransferEvent.OriginPaused(origin, pause, cause));
    }
  }

  OriginRefusals refusals() {
    return refusals;
  }

  Hosts hosts() {
    return hosts;
  }

  OriginHabits habits() {
    return habits;
  }

  SmallFiles smallFiles() {
    return smallFiles;
  }

  Outage outage() {
    return outage;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Returns the number of repeated attempts of all files. */
  long retries() {
    return retries.sum();
  }

  void emit(TransferEvent event) {
    if (event instanceof TransferEvent.Retrying) {
      retries.increment();
    }
    listener.onEvent(event);
  }
}
