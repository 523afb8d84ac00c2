package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The helper connections of one file. This table lists their rules, each with the place where it is
 * decided:
 *
 * <table>
 *   <caption>When a file gets a helper connection, and when not</caption>
 *   <tr><th>rule</th><th>decided in</th></tr>
 *   <tr><td>one is started while the file's connections wait for the network, or processors are idle</td>
 *       <td>{@link Bottleneck}, {@link TransferContext#hasIdleProcessors}</td></tr>
 *   <tr><td>at most {@code --segments} connections for a file, and only idle permits are used</td>
 *       <td>{@link WorkerLimit}, {@link ConnectionSlot}</td></tr>
 *   <tr><td>only if the server supports ranges and sent a validator</td>
 *       <td>{@link AttemptState#accept}</td></tr>
 *   <tr><td>no piece is smaller than {@code --segment-min}; a free connection takes the whole rest of one that hangs or is three times slower</td><td>{@link SplitPolicy}</td></tr>
 *   <tr><td>a free connection goes to the file of the origin that would end last; a helper leaves for such a file</td>
 *       <td>{@link HelperTurns}</td></tr>
 *   <tr><td>after a refusal by the server no further one is started; after a network failure one is tried after each {@code --retry-max-delay}</td>
 *       <td>{@link #stopStarting}</td></tr>
 *   <tr><td>none is started while the first waits for the others to leave, and no byte has arrived
 *       since one of them failed</td><td>{@link #isStuck}</td></tr>
 *   <tr><td>the first connection retries, a helper leaves</td>
 *       <td>{@link ConnectionWorker}</td></tr>
 * </table>
 *
 * <p>Thread-safe.
 */
final class HelperConnections implements AutoCloseable {

  private static final Duration TRIAL_WHERE_MEASURED = Duration.ofSeconds(2);

  private final AttemptState attempt;
  private final WorkerLimit limit;
  private final Consumer<ConnectionSlot> work;
  private final HelperTurns.Asker asker;
  private volatile boolean firstWaits;

  /** How many bytes were there when a connection was turned away last. */
  private volatile long writtenAtFailure = -1;

  /**
   * @param maxConnections returns the largest number of connections of the file now, the first one
   *     included
   * @param work the work of a helper connection, which returns when it leaves
   */
  HelperConnections(
      AttemptState attempt, IntSupplier maxConnections, Consumer<ConnectionSlot> work) {
    this.attempt = attempt;
    this.limit = new WorkerLimit(maxConnections, attempt.context().ticker());
    this.work = work;
    this.asker = attempt.context().helperTurns().newAsker();
  }

  /**
   * Starts as many as permits are idle, while the file can be split and enough is left to share.
   */
  void startIfUseful() throws IOException {
    boolean more = true;
    while (more) {
      more = startOne();
    }
  }

  private boolean startOne() throws IOException {
    if (!attempt.map().allowsSplits() || limit.isFull()) {
      return false;
    }
    double seconds = attempt.map().secondsOfWork();
    if (seconds == 0 || isStuck() || !isNext(seconds) || !limit.enter()) {
      return false;
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
    return started;
  }

  /** Whether this file gets the next free connection, if there is one. */
  private boolean isNext(double seconds) {
    Origin origin = attempt.requester().origin();
    asker.ask(origin, seconds);
    return !attempt.context().permits().hasFree(origin) || asker.isNext();
  }

  /**
   * Whether a helper connection that has ended its segment is to leave, because another file needs
   * it more.
   */
  boolean isNeededElsewhere() {
    SegmentMap map = attempt.map();
    if (map.hasUnclaimed()) {
      return false;
    }
    asker.ask(attempt.requester().origin(), map.secondsOfWork());
    return !asker.isNext();
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

  /** Starts none any more. */
  @Override
  public void close() {
    asker.close();
  }

  /** Returns true if the file has only its first connection. */
  boolean isAlone() {
    return limit.isAlone();
  }

  /** Waits until the last helper has left. */
  void awaitAllLeft() {
    firstWaits = true;
    limit.awaitAlone();
    firstWaits = false;
  }

  /**
   * Call it when a helper's request failed. After a response from the server no further helper is
   * started. A network failure can be temporary, so one helper is tried after each longest delay.
   */
  void stopStarting(Failure why) {
    writtenAtFailure = attempt.map().written().bytes();
    limit.stopAdmitting(trialEvery(why));
  }

  /** The measured number of connections limits the origin's refusals already. */
  private Duration trialEvery(Failure why) {
    if (attempt.context().limits().adaptive()) {
      return TRIAL_WHERE_MEASURED;
    }
    return why.isNetwork() ? attempt.context().patience().maxDelay() : Duration.ZERO;
  }

  /**
   * Call it when the only connection of the file has failed too: then the earlier failures perhaps
   * did not mean a limit of connections.
   */
  void startAgain() {
    limit.resumeAdmitting();
  }
}
