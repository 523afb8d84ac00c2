package dev.bulkdl;

import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Patience;
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
 * Downloads files into one folder: resumable, checked, and never under their final name before they
 * are complete. Immutable and thread-safe; a folder can have one open {@link Session} at a time.
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
   * Begins with the defaults, which {@link Limits}, {@link Patience} and the other settings state.
   */
  public static Builder into(Path outputDir) {
    return new Builder(Settings.in(outputDir));
  }

  /** Begins with these settings. */
  public static Builder with(Settings settings) {
    return new Builder(settings);
  }

  /**
   * Takes the output folder, which is created where it is missing.
   *
   * @throws IllegalArgumentException when the settings do not go with the shared engine's
   * @throws dev.bulkdl.disk.FolderInUseException when another run has it
   * @throws IOException when it cannot be had, or the certificates cannot be read
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
   * @throws IOException as {@link #open}; what happens to single files is in the result
   */
  public Result download(Collection<Download> files) throws IOException {
    try (Session session = open()) {
      return session.start(files).await();
    }
  }

  /** Collects settings; each is checked as it is given. Not thread-safe. */
  public static final class Builder {

    private final List<TransferListener> listeners = new ArrayList<>();
    private Settings settings;
    private Optional<Engine> engine = Optional.empty();

    private Builder(Settings settings) {
      this.settings = settings;
    }

    /** How much may happen at one time. */
    public Builder limits(Limits limits) {
      settings = settings.with(limits);
      return this;
    }

    /** How long failures are borne. */
    public Builder patience(Patience patience) {
      settings = settings.with(patience);
      return this;
    }

    /** When a connection is given up. */
    public Builder timeouts(Timeouts timeouts) {
      settings = settings.with(timeouts);
      return this;
    }

    /** What requests carry and whom they trust. */
    public Builder http(HttpSettings http) {
      settings = settings.with(http);
      return this;
    }

    /** What is done with files that are there; given are the settings so far. */
    public Builder disk(UnaryOperator<DiskSettings> change) {
      settings = settings.with(change.apply(settings.disk()));
      return this;
    }

    /**
     * Runs on this engine, beside the runs of other downloaders. Without one, each run starts an
     * engine of its own and closes it.
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
