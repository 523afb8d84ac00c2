package dev.bulkdl;

import dev.bulkdl.engine.Session;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.ExistingPolicy;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.settings.Http2Mode;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RecordSettings;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Downloads files into one folder. Downloads can be resumed and are checked. A file gets its final
 * name only when it is complete. Immutable and thread-safe. A folder can have one run at a time.
 *
 * <pre>{@code
 * BulkDownloader downloader = BulkDownloader.into(Path.of("downloads")).build();
 * Result result = downloader.download(List.of(Download.of("a.iso", URI.create("https://..."))));
 * }</pre>
 */
public final class BulkDownloader {

  private final Settings settings;
  private final Optional<Engine> engine;
  private final List<TransferListener> listeners;

  private BulkDownloader(Builder builder) {
    this.settings = builder.settings;
    this.engine = builder.engine;
    this.listeners = List.copyOf(builder.listeners);
  }

  /** Starts a builder with the defaults, which each of its methods states. */
  public static Builder into(Path outputDir) {
    return new Builder(Settings.in(outputDir));
  }

  static Builder with(Settings settings) {
    return new Builder(settings);
  }

  /**
   * Starts to download these files in the background. The output folder is created if it does not
   * exist. It is locked until the run has ended.
   *
   * @throws IllegalArgumentException when the settings do not fit those of the shared engine, or
   *     have a credential header without a host while the files have several origins
   * @throws dev.bulkdl.model.FolderInUseException when another run uses the folder
   * @throws IOException when the folder cannot be used, or the certificates cannot be read
   */
  public Run start(Collection<Download> files) throws IOException {
    List<Download> all = List.copyOf(files);
    Session session = open();
    Settings forFiles;
    try {
      forFiles = session.settingsFor(all);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread.ofVirtual().name("run").start(() -> complete(result, session, forFiles, all));
    KnownFiles known = new KnownFiles(all, session::settingsFor);
    return new Run(session.control(), session::progress, known, result);
  }

  private Session open() throws IOException {
    return engine.isPresent()
        ? engine.get().shared().open(settings, listeners)
        : Session.open(settings, listeners);
  }

  /** The folder is unlocked before the result is there, so that the next run can follow at once. */
  private static void complete(
      CompletableFuture<Result> result, Session session, Settings forFiles, List<Download> files) {
    try {
      OutcomeCollector outcomes = new OutcomeCollector();
      RunReport report;
      try (session) {
        report = session.run(forFiles, files, List.of(outcomes));
      }
      result.complete(Result.of(report, outcomes.files()));
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * Downloads these files and returns when each of them has ended.
   *
   * @throws IllegalArgumentException as {@link #start}
   * @throws IOException as {@link #start}; the outcomes of single files are in the result
   */
  public Result download(Collection<Download> files) throws IOException {
    try {
      return start(files).await();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Collects settings. Each value is checked when it is given: a method throws
   * IllegalArgumentException for a value outside its range. Not thread-safe.
   */
  public static final class Builder {

    private final List<TransferListener> listeners = new ArrayList<>();
    private Settings settings;
    private Optional<Engine> engine = Optional.empty();

    private Builder(Settings settings) {
      this.settings = settings;
    }

    /**
     * Measures how many connections to each origin pay, below the limits. This is the default; with
     * false, the limits are held as they are.
     */
    public Builder adaptive(boolean measured) {
      return with(settings.limits().withAdaptive(measured));
    }

    /** Limits the files in flight. At least 1; the default is 256. */
    public Builder maxFiles(int files) {
      return with(settings.limits().withMaxFiles(files));
    }

    /** Limits the connections in flight for the whole run. At least 1; the default is 128. */
    public Builder maxConnections(int connections) {
      return with(settings.limits().withMaxConnections(connections));
    }

    /** Limits the connections in flight to one origin. At least 1; the default is 64. */
    public Builder maxPerOrigin(int connections) {
      return with(settings.limits().withMaxPerHost(connections));
    }

    /**
     * Limits the connections for one file. With 1, no file is split. The default is 64.
     *
     * @param connections at least 1
     * @param minimumBytes the smallest range that gets a connection of its own, at least 1; the
     *     default is 1 MiB
     */
    public Builder segments(int connections, long minimumBytes) {
      return with(settings.limits().withSegments(connections, minimumBytes));
    }

    /**
     * Sets how much of the connections and the rate of a shared engine a run gets beside other
     * runs: one of weight 200 gets twice as much as one of weight 100. From 1 to 1000; the default
     * is 100.
     */
    public Builder weight(int weight) {
      return with(settings.limits().withWeight(weight));
    }

    /** Lets files with more bytes than this fail. At least 1; the default is no limit. */
    public Builder maxFileSize(long bytes) {
      return with(settings.limits().withMaxFileSize(OptionalLong.of(bytes)));
    }

    /**
     * Limits the bytes a second of all connections together. The default is no limit. {@link
     * Run#limitRate} changes it while a run is under way.
     */
    public Builder limitRate(RateTable table) {
      settings = settings.with(settings.rates().withTotal(table));
      return this;
    }

    /** Limits the connections to each host together. The default is no limit. */
    public Builder limitRatePerHost(RateTable table) {
      settings = settings.with(settings.rates().withPerHost(table));
      return this;
    }

    /** Limits each connection. The default is no limit. */
    public Builder limitRatePerConnection(RateTable table) {
      settings = settings.with(settings.rates().withPerConnection(table));
      return this;
    }

    /**
     * Limits the starts of requests to each host; ranges and retries count too. The default is no
     * limit.
     */
    public Builder limitRequests(RequestRate rate) {
      settings = settings.with(settings.rates().withRequests(rate));
      return this;
    }

    /** Sets when a run works and when it ends. The default is at once, until all is done. */
    public Builder schedule(Schedule schedule) {
      settings = settings.with(schedule);
      return this;
    }

    /** Sets the attempts without progress before a file fails. At least 0; the default is 10. */
    public Builder retries(int attempts) {
      return with(settings.patience().withRetries(attempts));
    }

    /**
     * Sets the waits between attempts. Each wait is random, up to a bound that doubles from attempt
     * to attempt.
     *
     * @param first the first bound; the default is 1 s
     * @param longest the limit of every wait, also of one that a server asks for; the default is 60
     *     s
     */
    public Builder retryDelays(Duration first, Duration longest) {
      return with(settings.patience().withDelays(first, longest));
    }

    /**
     * Sets a URL that can be reached while the network is up. While it cannot be reached, failures
     * are not counted. The default is none.
     */
    public Builder probe(URI url) {
      return with(settings.patience().withProbe(url));
    }

    /** Limits the time for a connection, and again for its TLS handshake. The default is 10 s. */
    public Builder connectTimeout(Duration limit) {
      return with(settings.timeouts().withConnect(limit));
    }

    /** Limits the time from a request to the headers of its response. The default is 60 s. */
    public Builder responseTimeout(Duration limit) {
      return with(settings.timeouts().withResponse(limit));
    }

    /** Limits the time without a received byte. The default is 30 s. */
    public Builder idleTimeout(Duration limit) {
      return with(settings.timeouts().withIdle(limit));
    }

    /**
     * Closes connections that are slower. The default is no lowest speed.
     *
     * @param bytesPerSecond at least 1
     * @param window the time over which the speed is measured
     */
    public Builder minSpeed(long bytesPerSecond, Duration window) {
      return with(settings.timeouts().withMinSpeed(bytesPerSecond, window));
    }

    /**
     * Adds a request header, which is sent to the origin of each file. A header that is a
     * credential, such as Authorization, is refused at the start of a run with several origins: use
     * {@link #headerFor} there.
     */
    public Builder header(String name, String value) {
      return with(settings.http().withHeader(name, value));
    }

    /** Adds a request header for some hosts only. */
    public Builder headerFor(ScopedHeader header) {
      return with(settings.http().withScoped(header));
    }

    /** Trusts the certificates of this PEM file in place of those of the system. */
    public Builder trust(Path cacert) {
      return with(settings.http().withCacert(cacert));
    }

    /** Checks neither certificates nor host names. By default both are checked. */
    public Builder insecure() {
      return with(settings.http().withInsecure(true));
    }

    /**
     * Lets requests for small files of distant hosts use HTTP/2 where the server offers it. This is
     * the default; with false, all requests use HTTP/1.1.
     */
    public Builder http2(boolean wherePays) {
      return with(settings.http().with(wherePays ? Http2Mode.AUTO : Http2Mode.NEVER));
    }

    /** Sends requests through these proxies. The default is none. */
    public Builder proxies(Proxies proxies) {
      return with(settings.http().with(proxies));
    }

    /**
     * Sets what may be done with existing files. The default is {@link ExistingPolicy#DEFAULTS}.
     */
    public Builder existing(ExistingPolicy policy) {
      settings = settings.with(settings.disk().with(policy));
      return this;
    }

    /** Puts partial files into this folder. The default is the folder of the final file. */
    public Builder tempDir(Path folder) {
      settings = settings.with(settings.disk().withTempDir(folder));
      return this;
    }

    /** Gives each file the date of its Last-Modified field. This is the default. */
    public Builder remoteTime(boolean wanted) {
      return with(settings.records().withRemoteTime(wanted));
    }

    /**
     * Computes this hash of every file, in addition to those of its checksums. The default is none.
     */
    public Builder hash(Algorithm algorithm) {
      return with(settings.records().withHash(algorithm));
    }

    /** Notes each file in the inventory of the output folder. This is the default. */
    public Builder inventory(boolean wanted) {
      return with(settings.records().withInventory(wanted));
    }

    /**
     * Gives each file in a folder without an inventory its URL as the extended attribute {@code
     * user.xdg.origin.url}. The default is false.
     */
    public Builder originAttribute(boolean wanted) {
      return with(settings.records().withAttribute(wanted));
    }

    /** Sets the files that are synced to the device. The default is {@link SyncPolicy#LARGE}. */
    public Builder sync(SyncPolicy policy) {
      settings = settings.with(settings.disk().with(policy));
      return this;
    }

    /**
     * Shares this engine with the runs of other downloaders. Without a shared engine, each run
     * starts its own engine and closes it.
     */
    public Builder engine(Engine shared) {
      engine = Optional.of(shared);
      return this;
    }

    /**
     * Adds a listener to all runs. A {@link dev.bulkdl.event.ProgressListener} also receives
     * samples of the byte counters.
     */
    public Builder listener(TransferListener listener) {
      listeners.add(listener);
      return this;
    }

    public BulkDownloader build() {
      return new BulkDownloader(this);
    }

    private Builder with(Limits limits) {
      settings = settings.with(limits);
      return this;
    }

    private Builder with(RetrySettings retries) {
      settings = settings.with(retries);
      return this;
    }

    private Builder with(Timeouts timeouts) {
      settings = settings.with(timeouts);
      return this;
    }

    private Builder with(RecordSettings records) {
      settings = settings.with(records);
      return this;
    }

    private Builder with(HttpSettings http) {
      settings = settings.with(http);
      return this;
    }
  }
}
