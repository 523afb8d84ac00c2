package dev.bulkdl;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.DiskResources;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.ManifestRow;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.ListedOrigins;
import dev.bulkdl.model.Settings;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import dev.bulkdl.run.BulkRun;
import dev.bulkdl.run.ProgressSampler;
import dev.bulkdl.run.RunCounters;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An output folder that is locked until the session is closed. The runs of a session follow one
 * another. Sessions of one engine run at the same time.
 */
public final class Session implements AutoCloseable {

  private final Settings settings;
  private final Optional<Engine> engine;
  private final Permits permits;
  private final List<TransferListener> listeners;
  private final OutputFolder folder;
  private final RunControl control;
  private final Semaphore idle = new Semaphore(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Creates a session whose runs start their own engine. */
  Session(Settings settings, List<TransferListener> listeners) throws IOException {
    this(
        settings, Optional.empty(), new Permits(settings.limits()), listeners, new DiskResources());
  }

  /**
   * Creates a session on a shared engine.
   *
   * @param permits the permits of its runs
   * @param disk the disk resources that the engine's folders share
   */
  Session(
      Settings settings,
      Optional<Engine> engine,
      Permits permits,
      List<TransferListener> listeners,
      DiskResources disk)
      throws IOException {
    this.settings = settings;
    this.engine = engine;
    this.permits = permits;
    this.control = new RunControl(permits);
    this.listeners = listeners;
    this.folder = OutputFolder.open(settings.disk(), disk);
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

  /**
   * The rows to download.
   *
   * @param name the name of the manifest, for the report
   * @param count the number of rows, -1 if unknown
   * @param knownBytes the sum of the sizes that are known
   */
  public record Work(
      String name, long count, long knownBytes, Iterator<? extends ManifestRow> rows) {

    /** Returns the work for these files, without a manifest. */
    public static Work of(Collection<Download> files) {
      long bytes = files.stream().mapToLong(file -> file.size().orElse(0)).sum();
      return new Work(
          "", files.size(), bytes, files.stream().map(ManifestRow.Good::new).iterator());
    }
  }

  /**
   * Starts to download these files in the background.
   *
   * @throws IllegalArgumentException when the settings have a credential header without a host, and
   *     the files have several origins
   */
  public Run start(Collection<Download> files) {
    Settings forFiles =
        settings.forList(ListedOrigins.of(files, settings.http().scopes().headers()));
    refuse(forFiles);
    CompletableFuture<Result> result = new CompletableFuture<>();
    OutcomeCollector outcomes = new OutcomeCollector();
    Thread.ofVirtual()
        .name("run")
        .start(
            () -> {
              try {
                RunReport report = run(forFiles, Work.of(files), new Timings(), List.of(outcomes));
                result.complete(new Result(report, outcomes.files()));
              } catch (IOException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    return new Run(control, result);
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
    refuse(settings);
    return run(settings, work, timings, more);
  }

  private static void refuse(Settings settings) {
    settings
        .refusal()
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
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
      try (Engine started = Engine.start(own)) {
        return run(started, forList, work, timings, more);
      }
    } finally {
      idle.release();
    }
  }

  private RunReport run(
      Engine on,
      Settings forList,
      Work work,
      Timings timings,
      List<? extends TransferListener> more) {
    RunStatistics statistics = new RunStatistics(ProgramVersion.text(), timings);
    TransferListener listener = listener(statistics, more);
    listener.onEvent(
        new TransferEvent.RunStarted(
            work.name(), settings.disk().outputDir(), work.count(), Instant.now()));
    RunCounters counters = new RunCounters(Ticker.system(), work.count(), work.knownBytes());
    TransferContext context = on.join(forList, folder, permits, control, listener);
    ProgressSampler sampler = new ProgressSampler(counters, context::supply, control, listener);
    try (sampler) {
      AcceptedRows rows = new AcceptedRows(work.rows(), listener, counters);
      new BulkRun(context, settings.limits().maxFiles(), control, listener, counters).run(rows);
    } finally {
      on.leave(permits);
    }
    listener.onEvent(new TransferEvent.RunEnded(Instant.now(), counters.elapsed()));
    RunReport report = statistics.report(0);
    return report.withExitCode(ExitCode.of(report));
  }

  private TransferListener listener(
      TransferListener statistics, List<? extends TransferListener> more) {
    List<TransferListener> all = new ArrayList<>(listeners);
    all.add(statistics);
    all.addAll(more);
    return TransferListener.all(all);
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
