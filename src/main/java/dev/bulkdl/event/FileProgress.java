package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The live counters of one file. The threads that fetch the file write them, any thread reads them
 * at any time, and none waits for another; values read together may be an instant apart.
 */
public final class FileProgress {

  private static final long UNKNOWN = -1;
  private static final long NEVER = Long.MIN_VALUE;

  private final Download download;
  private final LongAdder runBytes;
  private final LongAdder received = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile long firstConnection = NEVER;
  private volatile long present;
  private volatile long total = UNKNOWN;
  private volatile Mode mode = Mode.SINGLE;
  private volatile Supplier<SegmentLayout> layout = () -> SegmentLayout.EMPTY;

  /**
   * @param runBytes counts what all files of the run receive
   */
  public FileProgress(Download download, LongAdder runBytes) {
    this.download = download;
    this.runBytes = runBytes;
  }

  public Download download() {
    return download;
  }

  /** Bytes on disk: those of earlier runs and those received, less what had to be discarded. */
  public long bytes() {
    return present + received.sum();
  }

  /** The length of the whole file, where the server or the manifest told it. */
  public OptionalLong total() {
    long known = total;
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** From 0 to 100; 0 while the length is unknown. */
  public double percent() {
    long known = total;
    return known > 0 ? Math.min(100.0, 100.0 * bytes() / known) : known == 0 ? 100 : 0;
  }

  public Mode mode() {
    return mode;
  }

  /** Connections that fetch this file now. */
  public int connections() {
    return connections.get();
  }

  /** Where the bytes are, and which are being fetched. */
  public SegmentLayout layout() {
    return layout.get();
  }

  /** Counts bytes that the network delivered and the disk took. */
  public void add(long bytes) {
    received.add(bytes);
    runBytes.add(bytes);
  }

  /** Starts counting anew from the bytes that are already on disk. */
  public void restartFrom(long bytesPresent) {
    received.reset();
    present = bytesPresent;
  }

  public void setTotal(long bytes) {
    total = bytes;
  }

  public void setMode(Mode now) {
    mode = now;
  }

  /** From now on this tells where the bytes are, to any thread. */
  public void setLayout(Supplier<SegmentLayout> now) {
    layout = now;
  }

  /** How long ago the file had its first connection; empty while it still waits for it. */
  public Optional<Duration> sinceFirstConnection() {
    long then = firstConnection;
    return then == NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - then));
  }

  public void connectionOpened() {
    connections.incrementAndGet();
    if (firstConnection == NEVER) {
      firstConnection = System.nanoTime();
    }
  }

  public void connectionClosed() {
    connections.decrementAndGet();
  }
}
