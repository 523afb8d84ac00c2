package dev.bulkdl.engine;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.DiskResources;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.http.JettyClient;
import dev.bulkdl.http.WireListener;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.rate.RateLimiter;
import dev.bulkdl.rate.RunRates;
import dev.bulkdl.run.ContentRun;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.transfer.RequestContext;
import dev.bulkdl.transfer.RequestSettings;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * The resources that many runs share: the HTTP client with its buffers and timers, the connection
 * permits, the memory for disk writes, and the processors for hashing. Each run has its own folder,
 * control, listeners and limits. Thread-safe.
 */
public final class TransferEngine implements AutoCloseable {

  private final EngineSettings settings;
  private final Permits permits;
  private final JettyClient client;
  private final DiskResources disk = new DiskResources();
  private final Semaphore hashing = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Set<Permits> runs = ConcurrentHashMap.newKeySet();
  private final RateLimiter rate = RateLimiter.system();
  private final Set<RunRates> rates = ConcurrentHashMap.newKeySet();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Set<ContentRun> contentRuns = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private TransferEngine(EngineSettings settings) throws IOException {
    this.settings = settings;
    this.permits = new Permits(settings.limits());
    this.client =
        new JettyClient(
            settings.http(),
            settings.connectTimeout(),
            new JettyClient.Allowed(
                this::allowedInAll,
                this::allowedPerOrigin,
                this::sharedConnections,
                this::wanted,
                this::refusedAhead,
                this::rateOfOneConnection),
            "bulkdl/" + ProgramVersion.text());
    client.judgeAddressesBy(settings.addresses());
  }

  /**
   * Starts an engine.
   *
   * @throws IOException when the certificates of the settings cannot be read
   */
  public static TransferEngine start(EngineSettings settings) throws IOException {
    return new TransferEngine(settings);
  }

  /**
   * Opens an output folder for runs with these settings.
   *
   * @throws IllegalArgumentException when the certificates, proxies or connect timeout of the
   *     settings differ from those of the engine
   * @throws IllegalStateException when the engine is closed
   * @throws dev.bulkdl.model.FolderInUseException when another run uses the folder
   * @throws IOException when the folder cannot be used
   */
  public Session open(Settings run, List<TransferListener> listeners) throws IOException {
    checkFits(run.http(), run.timeouts());
    Session session =
        new Session(run, Optional.of(this), permits.forRun(run.limits()), listeners, disk);
    sessions.add(session);
    if (closed) {
      session.close();
      throw new IllegalStateException("the engine is closed");
    }
    return session;
  }

  /**
   * Opens downloads that need no folder, with these settings.
   *
   * @throws IllegalArgumentException when the certificates, proxies or connect timeout of the
   *     settings differ from those of the engine
   * @throws IllegalStateException when the engine is closed
   */
  public ContentRun openContents(RequestSettings run, TransferListener listener) {
    checkFits(run.http(), run.timeouts());
    Permits within = permits.forRun(run.limits());
    RunControl control = new RunControl(within, newRates());
    control.rates().weigh(run.limits().weight());
    control.rates().limit(run.rates());
    control.rates().rules(run.limits().hosts());
    runs.add(within);
    rates.add(control.rates());
    WireEvents wire = new WireEvents(listener);
    Fetcher fetcher = client.forRun(run.timeouts(), wire);
    RequestContext context = new RequestContext(run, fetcher, within, control, listener);
    wire.pauseBy(context::rationed);
    ContentRun contents = new ContentRun(context, control, listener, () -> leave(within, control));
    contentRuns.add(contents);
    if (closed) {
      contents.close();
      throw new IllegalStateException("the engine is closed");
    }
    return contents;
  }

  /** Forgets downloads that were closed. */
  public void closed(ContentRun contents) {
    contentRuns.remove(contents);
  }

  private void checkFits(HttpSettings http, Timeouts timeouts) {
    if (!settings.with(http, timeouts).equals(settings)) {
      throw new IllegalArgumentException(
          "certificates, proxies and the connect timeout are those of the engine");
    }
  }

  void closed(Session session) {
    sessions.remove(session);
  }

  /**
   * Adds a run to the engine and returns the context for its transfers.
   *
   * @param within the run's permits; the engine includes their limits in its own until {@link
   *     #leave}
   */
  public TransferContext join(
      Settings run,
      TransferContext.Target target,
      Permits within,
      RunControl control,
      TransferListener listener) {
    runs.add(within);
    rates.add(control.rates());
    WireEvents wire = new WireEvents(listener);
    Fetcher fetcher = client.forRun(run.timeouts(), wire);
    TransferContext context =
        new TransferContext(
            run, new TransferContext.Shared(fetcher, hashing), target, within, control, listener);
    wire.pauseBy(context::rationed);
    return context;
  }

  /** Removes the run with these permits and this control, after it has ended. */
  public void leave(Permits within, RunControl control) {
    runs.remove(within);
    rates.remove(control.rates());
  }

  /** Limits the bytes a second of all runs together, in place of the limit before. */
  public void limitRate(RateTable table) {
    rate.limit(table);
  }

  /**
   * Limits the connections of all runs together, in place of the limits before. Connections above
   * them are not taken from the runs, but given to nobody when they are free.
   *
   * @throws IllegalArgumentException when a limit is below 1
   */
  public void limitConnections(int inAll, int perHost) {
    settings.withConnections(inAll, perHost); // checks them
    permits.limitInAll(inAll);
    permits.limitPerOrigin(perHost);
  }

  /** Never connects to this port of this machine, whatever the rules for addresses allow. */
  public void forbidOwn(int port) {
    client.forbidOwn(port);
  }

  /** Returns the rates of a new run, without limits of its own. */
  RunRates newRates() {
    return new RunRates(rate);
  }

  /**
   * Returns the rate in bytes a second of one connection, in the run that has the largest. Buffers
   * are sized by it: content that nobody may read yet stays on the server.
   */
  private long rateOfOneConnection() {
    int connections = Math.max(1, permits.taken());
    long largest = 0; // a loop, because each request asks
    for (RunRates each : rates) {
      largest = Math.max(largest, each.share(connections).bytesPerSecond());
    }
    return largest == 0 ? Long.MAX_VALUE : largest;
  }

  /**
   * Returns the total number of connections that the current runs may have. Buffers are sized by
   * it: they get smaller when runs are added.
   */
  private int allowedInAll() {
    long wanted = 0; // a loop, because each request asks
    for (Permits run : runs) {
      wanted += run.allowedInAll();
    }
    return Math.clamp(wanted, 1, permits.allowedInAll());
  }

  private int allowedPerOrigin() {
    long wanted = 0;
    for (Permits run : runs) {
      wanted += run.allowances().largest();
    }
    return Math.clamp(wanted, 1, permits.allowances().largest());
  }

  private int wanted(Origin origin) {
    int wanted = 0; // a loop, because each request asks
    for (Permits run : runs) {
      wanted += run.wanted(origin);
    }
    return wanted;
  }

  private void refusedAhead(Origin origin, int borne) {
    runs.forEach(run -> run.refusedAhead(origin, borne));
  }

  private int sharedConnections(Origin origin) {
    return runs.stream().mapToInt(run -> run.sharedConnections(origin)).sum();
  }

  /** Reports what the HTTP client measures as events. */
  private static final class WireEvents implements WireListener {

    private final TransferListener listener;
    private volatile BiConsumer<Origin, Duration> pauses = (origin, pause) -> {};

    WireEvents(TransferListener listener) {
      this.listener = listener;
    }

    /** Sets what pauses an origin. */
    void pauseBy(BiConsumer<Origin, Duration> run) {
      pauses = run;
    }

    @Override
    public void rationed(Origin origin, Duration pause) {
      pauses.accept(origin, pause);
    }

    @Override
    public void connected(Duration took) {
      listener.onEvent(new TransferEvent.Connected(took));
    }

    @Override
    public void tlsBegan(String by) {
      listener.onEvent(new TransferEvent.TlsBegan(by));
    }

    @Override
    public void delivered(Origin origin, long bytes, Duration took) {
      listener.onEvent(new TransferEvent.Delivered(origin, bytes, took));
    }
  }

  /**
   * Stops all runs, waits until each has saved its progress, unlocks their folders and closes all
   * connections. The engine holds no resources afterwards.
   */
  @Override
  public void close() {
    closed = true;
    sessions.forEach(session -> session.control().stop());
    contentRuns.forEach(contents -> contents.control().stop());
    contentRuns.forEach(ContentRun::close);
    sessions.forEach(Session::closeQuietly);
    client.close();
  }
}
