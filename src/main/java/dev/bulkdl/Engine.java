package dev.bulkdl;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.DiskResources;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.http.JettyClient;
import dev.bulkdl.http.WireListener;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Settings;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What many runs share for as long as it is open: the HTTP client with its buffers and timers, the
 * permits for connections, the memory for disk writes, the processors for hashing. Each run has a
 * folder, a control, listeners and limits of its own. Thread-safe.
 */
public final class Engine implements AutoCloseable {

  private final EngineSettings settings;
  private final Permits permits;
  private final JettyClient client;
  private final DiskResources disk = new DiskResources();
  private final Semaphore hashing = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Set<Permits> runs = ConcurrentHashMap.newKeySet();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Engine(EngineSettings settings) throws IOException {
    this.settings = settings;
    this.permits = new Permits(settings.limits());
    this.client =
        new JettyClient(
            settings.http(),
            settings.connectTimeout(),
            new JettyClient.Allowed(this::allowedInAll, this::allowedPerOrigin),
            "bulkdl/" + ProgramVersion.text());
  }

  /**
   * Starts an engine.
   *
   * @throws IOException when the certificates of the settings cannot be read
   */
  public static Engine start(EngineSettings settings) throws IOException {
    return new Engine(settings);
  }

  /**
   * Takes an output folder for runs with these settings.
   *
   * @throws IllegalArgumentException when the settings ask for other certificates, proxies or
   *     another connect timeout than the engine has
   * @throws IllegalStateException when the engine is closed
   * @throws dev.bulkdl.disk.FolderInUseException when another run has the folder
   * @throws IOException when the folder cannot be had
   */
  Session open(Settings run, List<TransferListener> listeners) throws IOException {
    if (!settings.with(run.http(), run.timeouts()).equals(settings)) {
      throw new IllegalArgumentException(
          "certificates, proxies and the connect timeout are those of the engine");
    }
    Session session =
        new Session(run, Optional.of(this), permits.forRun(run.limits()), listeners, disk);
    sessions.add(session);
    if (closed) {
      session.close();
      throw new IllegalStateException("the engine is closed");
    }
    return session;
  }

  void closed(Session session) {
    sessions.remove(session);
  }

  /**
   * What the transfers of one run need.
   *
   * @param within the run's permits; they count among the engine's connections until {@link #leave}
   */
  public TransferContext join(
      Settings run,
      OutputFolder folder,
      Permits within,
      RunControl control,
      TransferListener listener) {
    runs.add(within);
    Fetcher fetcher = client.forRun(run.timeouts(), new WireEvents(listener));
    return new TransferContext(
        run, new TransferContext.Shared(fetcher, hashing), folder, within, control, listener);
  }

  /** The run with these permits has ended. */
  public void leave(Permits within) {
    runs.remove(within);
  }

  /** Buffers are sized by this: they get smaller as runs are added. */
  private int allowedInAll() {
    long wanted = runs.stream().mapToLong(Permits::allowedInAll).sum();
    return (int) Math.clamp(wanted, 1, permits.allowedInAll());
  }

  private int allowedPerOrigin() {
    long wanted = runs.stream().mapToLong(Permits::allowedPerOrigin).sum();
    return (int) Math.clamp(wanted, 1, permits.allowedPerOrigin());
  }

  /** What the wire tells, as events. */
  private record WireEvents(TransferListener listener) implements WireListener {
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
   * Stops the runs that are under way, waits until each has kept its progress, gives their folders
   * back and closes all connections. Nothing of the engine is left then.
   */
  @Override
  public void close() {
    closed = true;
    sessions.forEach(session -> session.control().stop());
    sessions.forEach(Session::closeQuietly);
    client.close();
  }
}
