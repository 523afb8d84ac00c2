package dev.bulkdl.event;

import java.util.List;

/**
 * Receives the events of a run; a {@link ProgressListener} receives samples too. The events of one
 * run follow this grammar. The events of different files interleave:
 *
 * <pre>
 * run  = RunStarted { file | RowRejected | TlsBegan | Connected | Delivered | OriginPaused | OutageBegan [ OutageEnded ] } RunEnded
 * file = work { Requeued work }
 * work = FileStarted { Answered | Retrying | Restarted } FileEnded
 * </pre>
 *
 * <p>Every file that is taken from the manifest has a {@code FileStarted} and a {@code FileEnded},
 * whatever happens to it. A failed file may be tried again. Its last {@code FileEnded} counts.
 *
 * <p>All connections that fetch a file cause the events between these two. Events of different
 * files come at the same time. Therefore a listener must be thread-safe. The last progress comes
 * before {@code RunEnded}. {@code RunEnded} is missing only if an unexpected exception ended the
 * run. If an outage lasts longer than the run, there is no {@code OutageEnded}.
 *
 * <p>A listener must return quickly, because the transfer of the file waits for it. It must not
 * throw: an exception ends the run as an unexpected exception.
 */
public interface TransferListener {

  /** Called on each change of state. */
  default void onEvent(TransferEvent event) {}

  /**
   * Returns a listener that passes everything on to each of these, in order: events to all, samples
   * to each {@link ProgressListener}.
   */
  static ProgressListener all(List<? extends TransferListener> listeners) {
    List<ProgressListener> sampled =
        listeners.stream()
            .filter(ProgressListener.class::isInstance)
            .map(ProgressListener.class::cast)
            .toList();
    return new ProgressListener() {
      @Override
      public void onEvent(TransferEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
      }

      @Override
      public void onProgress(RunProgress progress) {
        sampled.forEach(listener -> listener.onProgress(progress));
      }
    };
  }
}
