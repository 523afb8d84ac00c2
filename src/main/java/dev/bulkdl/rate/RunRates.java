package dev.bulkdl.rate;

import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.HostRules.Shared;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.time.Ticker;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rate limits of one run: for all of its connections, for those to each host, and for each
 * single one. All of them are within the limit of the engine. Every limit can be changed at any
 * time and then holds at once. Thread-safe.
 */
public final class RunRates {

  /** With more hosts, those without a connection are forgotten. */
  private static final int REMEMBERED = 10_000;

  private final RateLimiter engine;
  private final FairQueue.Flow flow = new FairQueue.Flow(Limits.USUAL_WEIGHT);
  private final RateLimiter run;
  private final RequestTurns requests;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Map<String, RateLimiter> hosts = new ConcurrentHashMap<>();
  private final Map<String, RateLimiter> ruled = new ConcurrentHashMap<>();
  private volatile HostRules rules = HostRules.NONE;
  private volatile Optional<RateTable> perHost = Optional.empty();
  private volatile Optional<RateTable> perConnection = Optional.empty();
  private volatile Optional<ByteAllowance> allowance = Optional.empty();

  /**
   * @param engine the limit of all runs together
   */
  public RunRates(RateLimiter engine) {
    this(engine, Ticker.system(), InstantSource.system());
  }

  RunRates(RateLimiter engine, Ticker ticker, InstantSource clock) {
    this.engine = engine;
    this.run = new RateLimiter(ticker, clock);
    this.requests = new RequestTurns(ticker);
    this.ticker = ticker;
    this.clock = clock;
  }

  /** Returns the rates of a run that shares no engine, without limits. */
  public static RunRates alone() {
    return new RunRates(RateLimiter.system());
  }

  /** Sets all limits. */
  public void limit(RateLimits limits) {
    limit(limits.total());
    limitPerHost(limits.perHost());
    limitPerConnection(limits.perConnection());
    requests.limit(limits.requests());
  }

  /** Sets the rules for hosts, which go before the limit for each host. */
  public void rules(HostRules other) {
    rules = other.limitRate() ? other : HostRules.NONE; // each connection looks into them
    requests.rules(other);
  }

  /** Sets how much of the engine's limit the run gets beside others. */
  public void weigh(int weight) {
    flow.weigh(weight);
  }

  /** Limits all connections together. */
  public void limit(RateTable table) {
    run.limit(table);
  }

  /** Limits the connections to each host without a rule of its own together. */
  public void limitPerHost(RateTable table) {
    perHost = Optional.of(table).filter(RateTable::limits);
    hosts.values().forEach(host -> host.limit(table));
  }

  /** Limits each connection. */
  public void limitPerConnection(RateTable table) {
    perConnection = Optional.of(table).filter(RateTable::limits);
  }

  /** Sets what the bytes of all connections are taken from; empty for no bound. */
  public void allow(Optional<ByteAllowance> bytes) {
    allowance = bytes;
  }

  /** Returns the turns for the starts of requests. */
  public RequestTurns requests() {
    return requests;
  }

  /** Returns the limit of all connections together, as it is now. */
  public Rate rate() {
    return run.rate();
  }

  /** Returns the rate of one connection now, where so many share the limits; at least 1 of them. */
  public Rate share(int connections) {
    long together = Math.min(engine.rate().bytesPerSecond(), run.rate().bytesPerSecond());
    long shared = Math.min(together, now(perHost));
    long each = shared == Long.MAX_VALUE ? shared : Math.max(1, shared / connections);
    return new Rate(Math.min(each, now(perConnection)));
  }

  private long now(Optional<RateTable> table) {
    return table.isPresent()
        ? table.get().at(clock.instant()).bytesPerSecond()
        : Rate.UNLIMITED.bytesPerSecond();
  }

  /** Returns the limits of a connection to this host. */
  public ConnectionRate connection(String host) {
    return new ConnectionRate(this, host, rules.rate(host).map(this::limiter));
  }

  Optional<ByteAllowance> allowance() {
    return allowance;
  }

  FairQueue.Flow flow() {
    return flow;
  }

  RateLimiter engine() {
    return engine;
  }

  RateLimiter run() {
    return run;
  }

  /** Returns the limit of each host; empty without one, at no time. */
  Optional<RateTable> perHost() {
    return perHost;
  }

  /** Returns the limit of each connection; empty without one, at no time. */
  Optional<RateTable> perConnection() {
    return perConnection;
  }

  /** Returns the limit of the connections to this host; empty without one. */
  Optional<RateLimiter> host(String name) {
    Optional<RateTable> table = perHost;
    return table.map(limit -> host(name, limit));
  }

  private RateLimiter host(String name, RateTable table) {
    if (hosts.size() >= REMEMBERED) {
      hosts.values().removeIf(RateLimiter::isIdle);
    }
    return hosts.computeIfAbsent(name, ignored -> limiter(table));
  }

  /** The hosts of one rule share its limiter. */
  private RateLimiter limiter(Shared<RateTable> rule) {
    return ruled.computeIfAbsent(rule.group(), ignored -> limiter(rule.value()));
  }

  RateLimiter limiter(RateTable table) {
    RateLimiter limiter = new RateLimiter(ticker, clock);
    limiter.limit(table);
    return limiter;
  }
}
