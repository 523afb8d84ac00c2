package dev.bulkdl.transfer;

import dev.bulkdl.model.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is missing of one file, all of it from one version. A first connection sees the
 * attempt through, on the file's own thread. Further ones help while connections are idle. It ends
 * when the file is complete, has to start again, or cannot go on.
 */
final class FetchAttempt {

  private final AttemptState state;
  private final HelperConnections helpers;

  /**
   * @param plain whether to ask for the whole file without a range
   */
  FetchAttempt(TransferContext context, TransferState transfer, ResumePoint point, boolean plain) {
    this.state = new AttemptState(context, transfer, point, plain);
    int most = plain ? 1 : context.settings().limits().segments();
    this.helpers = new HelperConnections(state, most, slot -> work(slot, false));
  }

  /**
   * Runs on the file's own thread.
   *
   * @throws CancellationException when the file is to stop; what was written is kept
   * @throws IOException when the partial file cannot be written
   */
  AttemptEnd run() throws IOException {
    try (state) {
      while (!state.cancellation().isCancelled() && !state.map().isComplete()) {
        work(state.slot(true), true);
        helpers.awaitNone();
      }
    } finally {
      state.cancellation().cancel();
      helpers.awaitNone();
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

  /** A stop while this waits for the device changes nothing for a file that is given up. */
  private void awaitFsyncs(@Nullable AttemptEnd how) throws IOException {
    try {
      state.fsyncs().settle(state.transfer().cancellation());
    } catch (CancellationException e) {
      if (!(how instanceof AttemptEnd.GivenUp)) {
        throw e;
      }
    }
  }

  /** A restart of the machine often follows a stop, and then only synced bytes count. */
  private void fsyncForNextRun() throws IOException {
    long written = state.map().written().bytes();
    if (state.hasBegun() && state.context().settings().disk().sync().covers(written)) {
      state.fsyncs().lastAtStop();
    }
  }

  /** The version that was fetched. */
  Version version() {
    return state.version();
  }

  /** From the first answer to the last content; zero where all content came at once. */
  Duration took() {
    return state.arrivals().took();
  }

  /** Asks for the same file again. */
  Requester requester() {
    return state.requester();
  }
}
