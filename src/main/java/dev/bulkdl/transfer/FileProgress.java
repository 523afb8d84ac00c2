package dev.bulkdl.transfer;

import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TransferMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The live counters of one file. The threads that fetch the file write them. Any thread may read
 * them at any time without blocking. Two values that are read together may belong to slightly
 * different moments.
 */
public final class FileProgress {

  private static final long UNKNOWN = -1;
  private static final long NEVER = Long.MIN_VALUE;

  private final Download download;
  private final LongAdder runBytes;
  private final LongAdder received = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicBoolean served = new AtomicBoolean();
  private volatile long firstConnection = NEVER;
  private volatile long present;
  private volatile long total = UNKNOWN;
  private volatile TransferMode mode = TransferMode.SINGLE;
  private volatile Supplier<SegmentLayout> layout = () -> SegmentLayout.EMPTY;
  private volatile boolean asking = true;
  private volatile AskingListener asker = nowAsking -> {};

  /** Receives whether the file waits for a connection. */
  @FunctionalInterface
  public interface AskingListener {
    void onAsking(boolean nowAsking);
  }

  /**
   * @param runBytes the counter of the bytes that all files of the run receive
   */
  public FileProgress(Download download, LongAdder runBytes) {
    this.download = download;
    this.runBytes = runBytes;
  }

  public Download download() {
    return download;
  }

  /**
   * Returns the number of bytes on disk: bytes of earlier runs plus received bytes, minus discarded
   * bytes.
   */
  public long bytes() {
    return present + received.sum();
  }

  /** Returns the length of the whole file, if the server or the manifest gave it. */
  public OptionalLong total() {
    long known = total;
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /** Returns the progress from 0 to 100. It is 0 while the length is unknown. */
  public double percent() {
    long known = total;
    return known > 0 ? Math.min(100.0, 100.0 * bytes() / known) : known == 0 ? 100 : 0;
  }

  public TransferMode mode() {
    return mode;
  }

  /** Returns the number of connections that fetch this file now. */
  public int connections() {
    return connections.get();
  }

  /** Returns the byte ranges on disk and the ranges that are being fetched. */
  public SegmentLayout layout() {
    return layout.get();
  }

  /** Returns a snapshot of these counters. */
  public FileSnapshot snapshot() {
    return new FileSnapshot(download, bytes(), total(), percent(), mode(), connections(), layout());
  }

  /** Counts bytes that were received and written. */
  public void add(long bytes) {
    received.add(bytes);
    runBytes.add(bytes);
  }

  /** Resets the counter to the number of bytes that are already on disk. */
  public void restartFrom(long bytesPresent) {
    received.reset();
    present = bytesPresent;
  }

  public void setTotal(long bytes) {
    total = bytes;
  }

  public void setMode(TransferMode now) {
    mode = now;
  }

  /** Sets the function that {@link #layout} calls. Any thread may call it. */
  public void setLayout(Supplier<SegmentLayout> now) {
    layout = now;
  }

  /** Returns the time since the file got its first connection. Empty while it has had none. */
  public Optional<Duration> sinceFirstConnection() {
    long then = firstConnection;
    return then == NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - then));
  }

  /**
   * Sets who receives each change of {@link #isAsking}. A file asks from its beginning until it has
   * its first connection.
   */
  public void onAsking(AskingListener listener) {
    asker = listener;
  }

  /** Whether the file waits for a connection, or is about to. */
  public boolean isAsking() {
    return asking;
  }

  /** Sets whether the file waits for a connection. Only the file's own thread calls it. */
  void setAsking(boolean now) {
    if (asking != now) {
      asking = now;
      asker.onAsking(now);
    }
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

  /** Counts a refusal of the file for now. Returns how many there are, from 1. */
  int countRefusal() {
    return refusals.incrementAndGet();
  }

  /**
   * Notes a good response. Returns true for the first one if the server refused the file before.
   */
  boolean isServedAfterRefusal() {
    return !served.get() && served.compareAndSet(false, true) && refusals.get() > 0;
  }

  /** Returns whether a good response came for the file. */
  boolean wasServed() {
    return served.get();
  }
}
