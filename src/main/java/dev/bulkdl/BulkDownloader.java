package dev.bulkdl;

import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.RetrySettings;
import dev.bulkdl.model.Settings;
import dev.bulkdl.model.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Downloads files into one folder. Downloads can be resumed and are checked. A file gets its final
 * name only when it is complete. Immutable and thread-safe. A folder can have one open {@link
 * Session} at a time.
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

  /**
   * Starts a builder with the defaults, which are documented in {@link Limits}, {@link
   * RetrySettings} and the other settings.
   */
  public static Builder into(Path outputDir) {
    return new Builder(Settings.in(outputDir));
  }

  /** Starts a builder with these settings. */
  public static Builder with(Settings settings) {
    return new Builder(settings);
  }

  /**
   * Opens the output folder and locks it. Creates the folder if it does not exist.
   *
   * @throws IllegalArgumentException when the settings do not fit those of the shared engine
   * @throws dev.bulkdl.disk.FolderInUseException when another run uses the folder
   * @throws IOException when the folder cannot be used, or the certificates cannot be read
   */
  public Session open() throws IOException {
    return engine.isPresent()
        ? engine.get().open(settings, listeners)
        : new Session(settings, listeners);
  }

  /**
   * Downloads these files and returns when each of them has ended.
   *
   * @throws IllegalArgumentException as {@link Session#start}
   * @throws IOException as {@link #open}; the outcomes of single files are in the result
   */
  public Result download(Collection<Download> files) throws IOException {
    try (Session session = open()) {
      return session.start(files).await();
    }
  }

  /** Collects settings. Each setting is checked when it is given. Not thread-safe. */
  public static final class Builder {

    private final List<TransferListener> listeners = new ArrayList<>();
    private Settings settings;
    private Optional<Engine> engine = Optional.empty();

    private Builder(Settings settings) {
      this.settings = settings;
    }

    /** Sets the limits of files, connections and segments. */
    public Builder limits(Limits limits) {
      settings = settings.with(limits);
      return this;
    }

    /** Sets how failures are retried. */
    public Builder patience(RetrySettings patience) {
      settings = settings.with(patience);
      return this;
    }

    /** Sets the timeouts of connections. */
    public Builder timeouts(Timeouts timeouts) {
      settings = settings.with(timeouts);
      return this;
    }

    /** Sets request headers, trusted certificates and proxies. */
    public Builder http(HttpSettings http) {
      settings = settings.with(http);
      return this;
    }

    /** Changes the disk settings. The function receives the current ones. */
    public Builder disk(UnaryOperator<DiskSettings> change) {
      settings = settings.with(change.apply(settings.disk()));
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

    /** Adds a listener to all runs. */
    public Builder listener(TransferListener listener) {
      listeners.add(listener);
      return this;
    }

    public BulkDownloader build() {
      return new BulkDownloader(this);
    }
  }
}
