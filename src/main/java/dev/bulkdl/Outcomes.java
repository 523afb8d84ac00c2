package dev.bulkdl;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps the outcome of every file, for callers who hold the files in memory anyway. Thread-safe.
 */
final class Outcomes implements TransferListener {

  private final Queue<Result.File> files = new ConcurrentLinkedQueue<>();

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.FileEnded ended) {
      files.add(new Result.File(ended.download(), ended.outcome()));
    }
  }

  List<Result.File> files() {
    return List.copyOf(files);
  }
}
