package dev.bulkdl;

import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.RetrySettings;
import dev.bulkdl.model.Settings;
import dev.bulkdl.model.Timeouts;
import dev.bulkdl.run.ContentRun;
import dev.bulkdl.transfer.ContentTarget;
import dev.bulkdl.transfer.MemorySink;
import dev.bulkdl.transfer.RequestSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * and the {@link Limits} hold for all of them together.
 *
 * <p>Listeners receive the events of {@link TransferListener} for each file, but no {@code
 * RunStarted}, no {@code RunEnded} and no progress; {@code FileStarted} has live counters.
 */
public final class ContentFetcher implements AutoCloseable {

  private final ContentRun contents;
  private final Engine engine;
  private final boolean ownsEngine;

  private ContentFetcher(Engine engine, boolean ownsEngine, ContentRun contents) {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.contents = contents;
  }

  /** Starts a builder with the defaults of {@link Limits} and the other settings. */
  public static Builder withDefaults() {
    return new Builder(
        new RequestSettings(
            Limits.DEFAULTS, RetrySettings.DEFAULTS, Timeouts.DEFAULTS, HttpSettings.DEFAULTS));
  }

  /** Starts a builder with these settings. Those of the disk have no effect. */
  public static Builder with(Settings settings) {
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

    /** Sets the limits of files and connections. Files are not split. */
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

    /**
     * Sets request headers, trusted certificates and proxies. A header that is a credential has to
     * be given for a host, with {@link HttpSettings#withScoped}.
     */
    public Builder http(HttpSettings http) {
      settings = settings.with(http);
      return this;
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
        return new ContentFetcher(engine.get(), false, engine.get().openContents(settings, all));
      }
      Engine own = Engine.start(EngineSettings.DEFAULTS.with(settings.http(), settings.timeouts()));
      return new ContentFetcher(own, true, own.openContents(settings, all));
    }

    private void refuseCredentialWithoutHost() {
      settings
          .http()
          .refusal(settings.patience().probe())
          .ifPresent(
              why -> {
                throw new IllegalArgumentException(
                    why + "; give it for the host that may see it (HttpSettings.withScoped)");
              });
    }
  }
}
