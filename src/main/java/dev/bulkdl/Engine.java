package dev.bulkdl;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.JettyFetcher;
import dev.bulkdl.http.WireListener;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Settings;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.time.Duration;

/** What asks servers and what its requests share, from the start until closed. */
public final class Engine implements AutoCloseable {

  private final JettyFetcher fetcher;
  private final TransferContext context;

  private Engine(JettyFetcher fetcher, TransferContext context) {
    this.fetcher = fetcher;
    this.context = context;
  }

  /**
   * Starts the client.
   *
   * @throws IOException when the certificates of the settings cannot be read
   */
  public static Engine start(
      Settings settings,
      OutputFolder folder,
      Permits permits,
      RunControl control,
      TransferListener listener)
      throws IOException {
    JettyFetcher fetcher =
        new JettyFetcher(
            settings.http(),
            settings.timeouts(),
            permits,
            "bulkdl/" + ProgramVersion.text(),
            new WireEvents(listener));
    return new Engine(
        fetcher, new TransferContext(settings, fetcher, folder, permits, control, listener));
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

  /** For the transfers. */
  public TransferContext context() {
    return context;
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
