package dev.bulkdl;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.run.ContentRun;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.transfer.ContentTarget;
import dev.bulkdl.transfer.MemorySink;
import dev.bulkdl.transfer.RequestSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Downloads files into memory, to streams and to channels. No folder is needed and no file is
 * written. A download uses one connection at a time, and is resumed and checked like a file: the
 * outcome tells the same proof.
 *
 * <pre>{@code
 * try (ContentFetcher fetcher = ContentFetcher.withDefaults().open()) {
 *   Download iso = Download.of("a.iso", URI.create("https://..."));
 *   Fetched fetched = fetcher.toMemory(iso, 8 << 20); // at most 8 MiB
 *   Outcome outcome = fetcher.toStream(iso, System.out);
 * }
 * }</pre>
 *
 * <p>The name of a {@link Download} only appears in events. Its size and checksums are proven.
 *
 * <p>Each call blocks until the download has ended. An interrupt ends it as {@link
 * Outcome.Cancelled} and stays set. Thread-safe: any number of threads may call at the same time,
 * and the limits hold for all of them together.
 *
 * <p>Listeners receive the events of {@link TransferListener} for each file, but no {@code
 * RunStarted}, no {@code RunEnded} and no progress.
 */
public final class ContentFetcher implements AutoCloseable {

  private final ContentRun contents;
  private final TransferEngine engine;
  private final boolean ownsEngine;

  private ContentFetcher(TransferEngine engine, boolean ownsEngine, ContentRun contents) {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.contents = contents;
  }

  /** Starts a builder with the defaults, which each of its methods states. */
  public static Builder withDefaults() {
    return new Builder(
        new RequestSettings(
            Limits.DEFAULTS, RetrySettings.DEFAULTS, Timeouts.DEFAULTS, HttpSettings.DEFAULTS));
  }

  /** Those of the disk have no effect. */
  static Builder with(Settings settings) {
    return new Builder(RequestSettings.of(settings));
  }

  /**
   * Downloads a file into memory. Memory is taken as bytes arrive. If the remote file changes
   * meanwhile, or a hash is wrong, the download starts again.
   *
   * @param maxBytes the limit of the file's length in bytes; a longer file ends as failed
   * @throws IllegalArgumentException when {@code maxBytes} is negative
   * @throws IllegalStateException when this fetcher or its engine is closed
   */
  public Fetched toMemory(Download file, int maxBytes) {
    MemorySink memory = new MemorySink(maxBytes);
    Outcome outcome = contents.fetch(file, memory);
    return outcome instanceof Outcome.Completed
        ? new Fetched(outcome, Optional.of(memory.bytes()))
        : new Fetched(outcome, Optional.empty());
  }

  /**
   * Downloads a file to a stream. The calling thread writes the bytes, in order and each once, and
   * flushes the stream after the last one. It never closes the stream. While the stream blocks, the
   * server waits.
   *
   * <p>Bytes that were written cannot be taken back. If the remote file changes after that, or the
   * rest cannot be proven to be of the same file, the download fails. A wrong hash is found when
   * all bytes have been written. So the bytes are good only if the outcome is {@link
   * Outcome.Completed}; {@code effort().downloaded()} is the number of bytes written.
   *
   * @throws IllegalStateException when this fetcher or its engine is closed
   * @throws IOException what the stream threw, which is not retried; the same holds for a
   *     RuntimeException. An InterruptedIOException counts as an interrupt
   */
  public Outcome toStream(Download file, OutputStream stream) throws IOException {
    return contents.fetch(file, ContentTarget.of(stream));
  }

  /**
   * Downloads a file to a blocking channel, as {@link #toStream} does. The channel is not closed.
   * An interrupt closes an {@link java.nio.channels.InterruptibleChannel} that is being written.
   *
   * @throws java.nio.channels.IllegalBlockingModeException when the channel does not block
   * @throws IllegalStateException when this fetcher or its engine is closed
   * @throws IOException what the channel threw, which is not retried
   */
  public Outcome toChannel(Download file, WritableByteChannel channel) throws IOException {
    return contents.fetch(file, ContentTarget.of(channel));
  }

  /** Returns the state of all downloads that have not ended, at this moment. */
  public List<FileSnapshot> active() {
    return contents.active();
  }

  /** Holds back new requests and stops reading, for all downloads. */
  public void pause() {
    contents.control().pause();
  }

  public void resume() {
    contents.control().resume();
  }

  /**
   * Changes the number of allowed connections by {@code delta}, effective at once and never below
   * 1. A download that loses its connection continues over another one.
   */
  public void changeConnections(int delta) {
    contents.control().changeConnections(delta);
  }

  /**
   * Ends all downloads as cancelled and gives their connections back. A call that is blocked in its
   * own stream returns when the stream does. A shared engine stays open.
   */
  @Override
  public void close() {
    contents.close();
    engine.closed(contents);
    if (ownsEngine) {
      engine.close();
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final List<TransferListener> listeners = new ArrayList<>();
    private RequestSettings settings;
    private Optional<Engine> engine = Optional.empty();

    private Builder(RequestSettings settings) {
      this.settings = settings;
    }

    /** Limits the downloads in flight. At least 1; the default is 256. */
    public Builder maxFiles(int files) {
      return with(settings.limits().withMaxFiles(files));
    }

    /** Limits the connections in flight. At least 1; the default is 128. */
    public Builder maxConnections(int connections) {
      return with(settings.limits().withMaxConnections(connections));
    }

    /** Limits the connections in flight to one origin. At least 1; the default is 64. */
    public Builder maxPerOrigin(int connections) {
      return with(settings.limits().withMaxPerHost(connections));
    }

    /** Lets files with more bytes than this fail. At least 1; the default is no limit. */
    public Builder maxFileSize(long bytes) {
      return with(settings.limits().withMaxFileSize(OptionalLong.of(bytes)));
    }

    /** Sets the attempts without progress before a file fails. At least 0; the default is 10. */
    public Builder retries(int attempts) {
      return with(settings.patience().withRetries(attempts));
    }

    /**
     * Sets the waits between attempts.
     *
     * @param first the bound of the first random wait; it doubles from attempt to attempt. The
     *     default is 1 s
     * @param longest the limit of every wait; the default is 60 s
     */
    public Builder retryDelays(Duration first, Duration longest) {
      return with(settings.patience().withDelays(first, longest));
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

    /** Adds a request header for some hosts only. A header that is a credential needs this. */
    public Builder headerFor(ScopedHeader header) {
      return with(settings.http().withScoped(header));
    }

    /** Adds a request header that is no credential, for all hosts. */
    public Builder header(String name, String value) {
      return with(settings.http().withHeader(name, value));
    }

    /** Trusts the certificates of this PEM file in place of those of the system. */
    public Builder trust(Path cacert) {
      return with(settings.http().withCacert(cacert));
    }

    /** Checks neither certificates nor host names. By default both are checked. */
    public Builder insecure() {
      return with(settings.http().withInsecure(true));
    }

    /** Sends requests through these proxies. The default is none. */
    public Builder proxies(Proxies proxies) {
      return with(settings.http().with(proxies));
    }

    /**
     * Shares this engine with others. Without a shared engine, the fetcher starts its own engine
     * and closes it.
     */
    public Builder engine(Engine shared) {
      engine = Optional.of(shared);
      return this;
    }

    /** Adds a listener. */
    public Builder listener(TransferListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Opens the fetcher.
     *
     * @throws IllegalArgumentException when a header is a credential without a host, or the
     *     settings do not fit those of the shared engine
     * @throws IllegalStateException when the shared engine is closed
     * @throws IOException when the certificates cannot be read
     */
    public ContentFetcher open() throws IOException {
      refuseCredentialWithoutHost();
      TransferListener all = TransferListener.all(List.copyOf(listeners));
      if (engine.isPresent()) {
        TransferEngine shared = engine.get().shared();
        return new ContentFetcher(shared, false, shared.openContents(settings, all));
      }
      TransferEngine own =
          TransferEngine.start(EngineSettings.DEFAULTS.with(settings.http(), settings.timeouts()));
      return new ContentFetcher(own, true, own.openContents(settings, all));
    }

    private Builder with(Limits limits) {
      settings = settings.with(limits);
      return this;
    }

    private Builder with(RetrySettings patience) {
      settings = settings.with(patience);
      return this;
    }

    private Builder with(Timeouts timeouts) {
      settings = settings.with(timeouts);
      return this;
    }

    private Builder with(HttpSettings http) {
      settings = settings.with(http);
      return this;
    }

    private void refuseCredentialWithoutHost() {
      settings
          .http()
          .refusal(settings.patience().probe())
          .ifPresent(
              why -> {
                throw new IllegalArgumentException(
                    why + "; give it for the host that may see it (headerFor)");
              });
    }
  }
}
