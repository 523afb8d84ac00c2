package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The further connections of one file. This is the table of their rules; each row names where it is
 * decided:
 *
 * <table>
 *   <caption>When a file gets a further connection, and when not</caption>
 *   <tr><th>rule</th><th>decided in</th></tr>
 *   <tr><td>one is started while its connections wait for the network, or processors are idle</td>
 *       <td>{@link Bottleneck}, {@link TransferContext#hasIdleProcessors}</td></tr>
 *   <tr><td>at most {@code --segments} of them, and only idle permits</td>
 *       <td>{@link WorkerLimit}, {@link ConnectionSlot}</td></tr>
 *   <tr><td>only where ranges and a validator are known</td>
 *       <td>{@link AttemptState#accept}</td></tr>
 *   <tr><td>no piece below {@code --segment-min}; a free connection takes the whole rest of one
 *       that hangs or is three times slower</td><td>{@link SplitPolicy}</td></tr>
 *   <tr><td>what the server refuses beside other connections is not asked for again, what the
 *       network refuses is tried after each {@code --retry-max-delay}</td>
 *       <td>{@link #stopStarting}</td></tr>
 *   <tr><td>none is started while the first waits for the others to leave, and no byte has come
 *       since one of them failed</td><td>{@link #isStuck}</td></tr>
 *   <tr><td>the first connection retries, a further one leaves</td>
 *       <td>{@link ConnectionWorker}</td></tr>
 * </table>
 *
 * <p>Thread-safe.
 */
final class HelperConnections {

  private final AttemptState attempt;
  private final WorkerLimit limit;
  private final Consumer<ConnectionSlot> work;
  private volatile boolean firstWaits;

  /** How many bytes were there when a connection was turned away last. */
  private volatile long writtenAtFailure = -1;

  /**
   * @param most connections of the file at a time, the first one included
   * @param work what a further connection does, until it leaves
   */
  HelperConnections(AttemptState attempt, int most, Consumer<ConnectionSlot> work) {
    this.attempt = attempt;
    this.limit = new WorkerLimit(most, attempt.context().ticker());
    this.work = work;
  }

  /** Starts one if a connection is idle, ranges are known and enough is left to share. */
  void startIfUseful() throws IOException {
    SegmentMap map = attempt.map();
    if (!map.allowsSplits() || limit.isFull() || !map.hasWork()) {
      return;
    }
    if (isStuck() || !limit.enter()) {
      return;
    }
    ConnectionSlot slot = attempt.slot(false);
    boolean started = false;
    try {
      if (slot.take(attempt.requester().origin())) {
        attempt.beginSplit();
        Thread.ofVirtual().name("segment").start(() -> run(slot));
        started = true;
      }
    } finally {
      if (!started) {
        slot.close();
        limit.leave();
      }
    }
  }

  /**
   * Failures are counted by the first connection only. Others that get nothing, and each start the
   * next, would keep it waiting for ever.
   */
  private boolean isStuck() {
    return firstWaits && attempt.map().written().bytes() == writtenAtFailure;
  }

  private void run(ConnectionSlot slot) {
    try {
      work.accept(slot);
    } finally {
      limit.leave();
    }
  }

  /** Whether the file has one connection only. */
  boolean areNone() {
    return limit.isAlone();
  }

  /** Returns when the last of them has left. */
  void awaitNone() {
    firstWaits = true;
    limit.awaitAlone();
    firstWaits = false;
  }

  /**
   * One that asked beside others was turned away. An answer is believed. A failure of the network
   * may pass, so one is tried again after each longest wait.
   */
  void stopStarting(Failure why) {
    writtenAtFailure = attempt.map().written().bytes();
    Duration trial =
        why.isNetwork() ? attempt.context().settings().patience().maxDelay() : Duration.ZERO;
    limit.admitNoMore(trial);
  }

  /** A connection that asked alone has failed too: what turned others away may be no limit. */
  void startAgain() {
    limit.admitAgain();
  }
}
