package dev.bulkdl;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Keeps the last outcome of every file in memory, for callers that hold all files in memory anyway.
 * Thread-safe.
 */
final class OutcomeCollector implements TransferListener {

  private final Deque<Result.File> files = new ConcurrentLinkedDeque<>();

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.FileEnded ended) {
      files.add(new Result.File(ended.download(), ended.outcome()));
    } else if (event instanceof TransferEvent.Requeued again) {
      files.removeLastOccurrence(new Result.File(again.download(), again.was()));
    }
  }

  List<Result.File> files() {
    return List.copyOf(files);
  }
}
