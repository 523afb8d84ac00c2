package dev.bulkdl.transfer;

import dev.bulkdl.model.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the missing bytes of one file, all from one version. The first connection runs on the
 * file's own thread and stays until the end. Helper connections join while permits are idle. The
 * attempt ends when the file is complete, has to start again, or has failed.
 */
final class FetchAttempt {

  private final AttemptState state;
  private final HelperConnections helpers;

  /**
   * @param plain whether to request the whole file without a range
   */
  FetchAttempt(TransferContext context, TransferState transfer, ResumePoint point, boolean plain) {
    this.state = new AttemptState(context, transfer, point, plain);
    IntSupplier most = plain ? () -> 1 : context.permits()::segments;
    this.helpers = new HelperConnections(state, most, slot -> work(slot, false));
  }

  /**
   * Runs the attempt on the calling thread.
   *
   * @throws CancellationException if the file is to stop; the written bytes are kept
   * @throws IOException if the partial file cannot be written
   */
  AttemptEnd run() throws IOException {
    try (state;
        helpers) {
      while (!state.cancellation().isCancelled() && !state.map().isComplete()) {
        work(state.slot(true), true);
        helpers.awaitAllLeft();
      }
    } finally {
      state.cancellation().cancel();
      helpers.awaitAllLeft();
    }
    AttemptEnd early = state.earlyEnd();
    if (early == null && !state.map().isComplete()) {
      fsyncForNextRun();
      state.transfer().cancellation().check();
    }
    awaitFsyncs(early);
    return early == null ? new AttemptEnd.Complete(state.map().total().orElseThrow()) : early;
  }

  private void work(ConnectionSlot slot, boolean first) {
    new ConnectionWorker(state, helpers, slot, first).run();
  }

  /**
   * A stop during the wait for the device does not change the outcome of a file that has failed.
   */
  private void awaitFsyncs(@Nullable AttemptEnd how) throws IOException {
    try {
      state.fsyncs().awaitIdle(state.transfer().cancellation());
    } catch (CancellationException e) {
      if (!(how instanceof AttemptEnd.GivenUp)) {
        throw e;
      }
    }
  }

  /** The machine is often restarted after a stop, and then only synced bytes count. */
  private void fsyncForNextRun() throws IOException {
    long written = state.map().written().bytes();
    if (state.hasBegun() && state.context().settings().disk().sync().covers(written)) {
      state.fsyncs().syncAtStop();
    }
  }

  /** The version that was fetched; {@link Version#UNKNOWN} before the first response. */
  Version version() {
    return state.version();
  }

  /**
   * The time from the first response to the last content; zero if all content arrived in one
   * buffer.
   */
  Duration took() {
    return state.arrivals().took();
  }

  /** The requester, for another request for the same file. */
  Requester requester() {
    return state.requester();
  }
}
