package dev.bulkdl.engine;

import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.DiskResources;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.inventory.InventoryNotes;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.rate.RunRates;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import dev.bulkdl.run.BulkRun;
import dev.bulkdl.run.ProgressSampler;
import dev.bulkdl.run.RunCounters;
import dev.bulkdl.settings.ListedOrigins;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * An output folder that is locked until the session is closed. The runs of a session follow one
 * another. Sessions of one engine run at the same time.
 */
public final class Session implements AutoCloseable {

  private final Settings settings;
  private final Optional<TransferEngine> engine;
  private final Permits permits;
  private final List<TransferListener> listeners;
  private final OutputFolder folder;
  private final RunControl control;
  private final Semaphore idle = new Semaphore(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Supplier<RunProgress> progress = () -> RunProgress.NOTHING_YET;
  private volatile Optional<IOException> inventoryFailure = Optional.empty();

  /**
   * Opens an output folder. Each run of the session starts its own engine and closes it.
   *
   * @throws dev.bulkdl.model.FolderInUseException when another run uses the folder
   * @throws IOException when the folder cannot be used
   */
  public static Session open(Settings settings, List<TransferListener> listeners)
      throws IOException {
    return new Session(
        settings, Optional.empty(), new Permits(settings.limits()), listeners, new DiskResources());
  }

  /**
   * Opens a folder for single files: it is not locked, and nothing of the run is kept in it. Each
   * run of the session starts its own engine and closes it.
   *
   * @throws IOException when the folder cannot be used
   */
  public static Session openForFiles(Settings settings) throws IOException {
    return new Session(
        settings,
        Optional.empty(),
        new Permits(settings.limits()),
        List.of(),
        OutputFolder.openForFiles(settings.disk()));
  }

  private Session(
      Settings settings,
      Optional<TransferEngine> engine,
      Permits permits,
      List<TransferListener> listeners,
      OutputFolder folder) {
    this.settings = settings;
    this.engine = engine;
    this.permits = permits;
    this.control =
        new RunControl(permits, engine.map(TransferEngine::newRates).orElseGet(RunRates::alone));
    control.rates().weigh(settings.limits().weight());
    control.rates().limit(settings.rates());
    control.rates().rules(settings.limits().hosts());
    this.listeners = listeners;
    this.folder = folder;
  }

  /**
   * Creates a session on a shared engine.
   *
   * @param permits the permits of its runs
   * @param disk the disk resources that the engine's folders share
   */
  Session(
      Settings settings,
      Optional<TransferEngine> engine,
      Permits permits,
      List<TransferListener> listeners,
      DiskResources disk)
      throws IOException {
    this(settings, engine, permits, listeners, OutputFolder.open(settings.disk(), disk));
  }

  /** Returns the folder for results and logs, inside the output folder. */
  public Path ownFolder() {
    return folder.ownFolder();
  }

  /**
   * Returns the control of the runs in this session. After a stop, the session runs nothing more.
   */
  public RunControl control() {
    return control;
  }

  /** Returns why the newest run could not note all its files in the inventory, if so. */
  public Optional<IOException> inventoryFailure() {
    return inventoryFailure;
  }

  /** Returns the state of the newest run at this moment. */
  public RunProgress progress() {
    return progress.get();
  }

  /**
   * The rows to download.
   *
   * @param name the name of the manifest, for the report
   * @param count the number of rows; -1 if unknown, and then the next row can depend on the end of
   *     an earlier one
   * @param sized the number of rows whose size is known
   * @param knownBytes the sum of these sizes
   * @param ends the rows, as one or two iterators; of two, half of the files in flight are rows of
   *     each
   */
  public record Work(
      String name,
      long count,
      long sized,
      long knownBytes,
      List<? extends Iterator<? extends ManifestRow>> ends) {

    /** Returns the work for these files, without a manifest. */
    public static Work of(Collection<Download> files) {
      List<Download> withSize = files.stream().filter(file -> file.size().isPresent()).toList();
      long bytes = withSize.stream().mapToLong(file -> file.size().orElse(0)).sum();
      return new Work(
          "",
          files.size(),
          withSize.size(),
          bytes,
          List.of(files.stream().map(ManifestRow.Good::new).iterator()));
    }
  }

  /**
   * Downloads until every row has ended.
   *
   * @param more listeners for this run, called after those of the downloader
   * @return the numbers of the run, with its exit code
   * @throws IllegalArgumentException when the settings have a credential header without a host, and
   *     {@link Settings#forList} did not find a single origin
   * @throws IOException when the certificates of the settings cannot be read
   */
  public RunReport run(Work work, List<? extends TransferListener> more) throws IOException {
    return run(work, new Timings(), more);
  }

  /**
   * Does the same as {@link #run(Work, List)} with these timings. The timings receive each event
   * before {@code more}.
   *
   * @throws IllegalArgumentException as above
   * @throws IOException when the certificates of the settings cannot be read
   */
  public RunReport run(Work work, Timings timings, List<? extends TransferListener> more)
      throws IOException {
    return run(checked(settings), work, timings, more);
  }

  /**
   * Downloads these files.
   *
   * @param forFiles what {@link #settingsFor} has returned for them
   * @param more listeners for this run, called after those of the session
   * @throws IOException when the certificates of the settings cannot be read
   */
  public RunReport run(
      Settings forFiles, Collection<Download> files, List<? extends TransferListener> more)
      throws IOException {
    return run(forFiles, Work.of(files), new Timings(), more);
  }

  /**
   * Returns the settings for a run of these files.
   *
   * @throws IllegalArgumentException when the settings have a credential header without a host, and
   *     the files have several origins
   */
  public Settings settingsFor(Collection<Download> files) {
    return checked(settings.forList(ListedOrigins.of(files, settings.http().scopes().headers())));
  }

  private static Settings checked(Settings settings) {
    settings
        .refusal()
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return settings;
  }

  private RunReport run(
      Settings forList, Work work, Timings timings, List<? extends TransferListener> more)
      throws IOException {
    idle.acquireUninterruptibly();
    try {
      if (engine.isPresent()) {
        return run(engine.get(), forList, work, timings, more);
      }
      EngineSettings own = EngineSettings.DEFAULTS.with(settings.http(), settings.timeouts());
      try (TransferEngine started = TransferEngine.start(own)) {
        return run(started, forList, work, timings, more);
      }
    } finally {
      idle.release();
    }
  }

  private RunReport run(
      TransferEngine on,
      Settings forList,
      Work work,
      Timings timings,
      List<? extends TransferListener> more) {
    TransferEvent.RunStarted started =
        TransferEvent.RunStarted.now(work.name(), settings.disk().outputDir(), work.count());
    RunStatistics statistics = new RunStatistics(ProgramVersion.text(), timings);
    TransferContext.Target target = TransferContext.Target.of(folder);
    List<TransferListener> watching = new ArrayList<>(listeners);
    watching.addAll(more);
    boolean noted = !folder.locksFiles() || target.inventory().exists();
    if (forList.records().inventory() && noted) {
      watching.add(new InventoryNotes(target.inventory(), started.id(), InstantSource.system()));
    }
    ProgressListener listener = all(watching, statistics);
    listener.onEvent(started);
    RunCounters counters =
        new RunCounters(Ticker.system(), work.count(), work.sized(), work.knownBytes());
    TransferContext context = on.join(forList, target, permits, control, listener);
    progress = () -> counters.now(control, context.supply());
    ProgressSampler sampler = new ProgressSampler(progress, listener, wantsSamples(watching));
    Registration holds =
        control.reportHolds(
            hold -> listener.onEvent(new TransferEvent.HoldBegan(hold)),
            hold -> listener.onEvent(new TransferEvent.HoldEnded(hold)));
    ScheduleWatch schedule =
        ScheduleWatch.start(settings.schedule(), control, counters, folder, listener);
    try (sampler;
        holds;
        schedule) {
      List<AcceptedRows> rows =
          work.ends().stream().map(end -> new AcceptedRows(end, listener, counters)).toList();
      BulkRun run = new BulkRun(context, settings.limits().maxFiles(), control, listener, counters);
      if (work.count() < 0) {
        rows.forEach(run::runOneByOne);
      } else {
        run.run(rows);
      }
      statistics.connectionsFound(this::connections);
    } finally {
      on.leave(permits, control);
      target.inventory().close();
      inventoryFailure = target.inventory().failure();
    }
    listener.onEvent(new TransferEvent.RunEnded(Instant.now(), counters.elapsed()));
    RunReport report = statistics.report(0);
    return report.withExitCode(ExitCode.of(report));
  }

  private RunReport.Connections connections(Origin origin) {
    return new RunReport.Connections(
        permits.allowances().mostInUse(origin),
        permits.allowances().allowed(origin),
        permits.allowances().reason(origin));
  }

  private static ProgressListener all(List<TransferListener> watching, RunStatistics statistics) {
    List<TransferListener> all = new ArrayList<>(watching);
    all.addFirst(statistics);
    return TransferListener.all(all);
  }

  /** The statistics alone do without samples, except for the last one. */
  private static boolean wantsSamples(List<TransferListener> watching) {
    return watching.stream().anyMatch(ProgressListener.class::isInstance);
  }

  /** Waits until no run is under way, and unlocks the folder. */
  @Override
  public void close() throws IOException {
    idle.acquireUninterruptibly();
    try {
      if (closed.compareAndSet(false, true)) {
        engine.ifPresent(shared -> shared.closed(this));
        folder.close();
      }
    } finally {
      idle.release();
    }
  }

  /**
   * Closes the session for an engine that closes. The lock is released even if the folder was
   * deleted.
   */
  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // Only the record of partial files without a journal could not be closed.
    }
  }
}
