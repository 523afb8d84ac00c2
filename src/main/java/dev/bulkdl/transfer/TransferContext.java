package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.http.Fetcher;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Settings;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The settings and services that all files of a run into a folder share. Thread-safe. */
public final class TransferContext extends RequestContext {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Settings settings;
  private final Shared shared;
  private final Target target;
  private final FreeSpace freeSpace;
  private final HelperTurns helperTurns;

  /**
   * What all runs of an engine share.
   *
   * @param fetcher the fetcher of this run, which uses the engine's HTTP client
   * @param hashing one permit for each file that can be hashed from disk at a time
   */
  public record Shared(Fetcher fetcher, Semaphore hashing) {

    /** Returns the services for a single run. */
    public static Shared alone(Fetcher fetcher) {
      return new Shared(fetcher, new Semaphore(PROCESSORS));
    }
  }

  /**
   * Where the files of a run go.
   *
   * @param folder the output folder
   * @param inventory what earlier runs have noted about its files
   */
  public record Target(OutputFolder folder, Inventory inventory) {

    /** Returns the folder with its own inventory, which the caller closes. */
    public static Target of(OutputFolder folder) {
      return new Target(folder, new Inventory(folder.ownFolder()));
    }
  }

  /** Creates a context with the system's clock and random numbers. */
  public TransferContext(
      Settings settings,
      Shared shared,
      Target target,
      Permits permits,
      RunControl control,
      TransferListener listener) {
    this(settings, shared, target, permits, control, listener, Clocks.system());
  }

  TransferContext(
      Settings settings,
      Shared shared,
      Target target,
      Permits permits,
      RunControl control,
      TransferListener listener,
      Clocks clocks) {
    super(RequestSettings.of(settings), shared.fetcher(), permits, control, listener, clocks);
    this.settings = settings;
    this.shared = shared;
    this.target = target;
    this.freeSpace = new FreeSpace(target.folder(), clocks.ticker());
    this.helperTurns = new HelperTurns(clocks.ticker());
  }

  Settings settings() {
    return settings;
  }

  /** Returns what is left of the permits for a file of this origin; empty while it is paused. */
  public Optional<Permits.Room> room(Origin origin) {
    boolean isPaused = pauses().isPaused(origin) || permits().allowances().isPaused(origin);
    return isPaused ? Optional.empty() : Optional.of(permits().room(origin));
  }

  /** Sets the rows that wait for a connection, until the registration is closed. */
  public Cancellation.Registration serve(Permits.Waiters rows) {
    return permits().serve(rows);
  }

  OutputFolder folder() {
    return target.folder();
  }

  Inventory inventory() {
    return target.inventory();
  }

  /** Whether the run has fewer connections than processors; one processor is left to the system. */
  boolean hasIdleProcessors() {
    return permits().taken() < PROCESSORS - 1;
  }

  /** Returns which file gets the next further connection. */
  HelperTurns helperTurns() {
    return helperTurns;
  }

  /** One permit for each file that is being hashed from disk. */
  Semaphore hashing() {
    return shared.hashing();
  }

  /** Returns the state of the run's network and disk resources now. */
  public ResourceSnapshot supply() {
    return new ResourceSnapshot(
        retries(),
        permits().allowed(),
        freeSpace.bytes(),
        hosts().snapshot(permits(), pauses().holds()));
  }
}
