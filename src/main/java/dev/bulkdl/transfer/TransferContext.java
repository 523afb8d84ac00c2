package dev.bulkdl.transfer;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.model.Settings;
import java.util.concurrent.Semaphore;

/** What all files of a run share that go to its output folder. Thread-safe. */
public final class TransferContext extends RequestContext {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final Shared shared;
  private final OutputFolder folder;
  private final FreeSpace freeSpace;

  /**
   * What all runs of an engine share.
   *
   * @param fetcher of this run, over the engine's client
   * @param hashing one permit for each file that may be hashed from disk at a time
   */
  public record Shared(Fetcher fetcher, Semaphore hashing) {

    /** For one run that shares nothing. */
    public static Shared alone(Fetcher fetcher) {
      return new Shared(fetcher, new Semaphore(PROCESSORS));
    }
  }

  /** With the machine's own time and chance. */
  public TransferContext(
      Settings settings,
      Shared shared,
      OutputFolder folder,
      Permits permits,
      RunControl control,
      TransferListener listener) {
    this(settings, shared, folder, permits, control, listener, Clocks.system());
  }

  TransferContext(
      Settings settings,
      Shared shared,
      OutputFolder folder,
      Permits permits,
      RunControl control,
      TransferListener listener,
      Clocks clocks) {
    super(RequestSettings.of(settings), shared.fetcher(), permits, control, listener, clocks);
    this.settings = settings;
    this.shared = shared;
    this.folder = folder;
    this.freeSpace = new FreeSpace(folder, clocks.ticker());
  }

  Settings settings() {
    return settings;
  }

  OutputFolder folder() {
    return folder;
  }

  /** Whether the run has fewer connections than processors. The system needs one of these. */
  boolean hasIdleProcessors() {
    return permits().taken() < PROCESSORS - 1;
  }

  /** One permit a file that is being hashed from disk. */
  Semaphore hashing() {
    return shared.hashing();
  }

  /** What the network and the disk have for this run now. */
  public ResourceSnapshot supply() {
    return new ResourceSnapshot(
        retries(), permits().allowed(), freeSpace.bytes(), hosts().snapshot(pauses().left()));
  }
}
