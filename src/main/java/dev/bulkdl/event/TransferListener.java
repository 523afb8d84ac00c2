package dev.bulkdl.event;

/**
 * Sees a run. The events of one run follow this grammar; those of different files interleave:
 *
 * <pre>
 * run  = RunStarted { file | RowRejected | TlsBegan | Connected | Delivered | OriginPaused | OutageBegan [ OutageEnded ] } RunEnded
 * file = work { Requeued work }
 * work = FileStarted { Answered | Retrying | Restarted } FileEnded
 * </pre>
 *
 * <p>Every file that is taken from the manifest has a {@code FileStarted} and a {@code FileEnded},
 * whatever happens to it. One that failed may be taken up again: the last {@code FileEnded} of a
 * file is the one that counts. The events between these two come from all connections that fetch
 * the file, and events of different files come at the same time, so a listener is thread-safe. The
 * last progress is shown before {@code RunEnded}, which is missing only where a bug ended the run.
 * An outage that outlives the run has no end. A listener returns quickly, since the file waits for
 * it, and does not throw: what it throws ends the run as a bug.
 */
public interface TransferListener {

  /** Called on each change of state. */
  default void onEvent(TransferEvent event) {}

  /** Called a few times a second by one thread, and once more after the last file has ended. */
  default void onProgress(RunProgress progress) {}

  /** A listener that passes everything on to each of these, in order. */
  static TransferListener all(Iterable<? extends TransferListener> listeners) {
    return new TransferListener() {
      @Override
      public void onEvent(TransferEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
      }

      @Override
      public void onProgress(RunProgress progress) {
        listeners.forEach(listener -> listener.onProgress(progress));
      }
    };
  }
}
