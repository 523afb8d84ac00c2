package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.DoneRow;
import dev.bulkdl.board.BoardModel.QueueRow;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferEvent.FileEnded;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files before and after their transfer: those that wait for a connection, and the newest
 * {@value #MOST} that have ended without a failure. Not thread-safe.
 */
final class OtherFiles {

  static final int MOST = 1000;

  /** The files that have started and not ended. Their number is limited by the admission. */
  private final Set<TargetName> begun = new LinkedHashSet<>();

  private final Deque<DoneRow> done = new ArrayDeque<>();

  void onEvent(TransferEvent event, Duration now) {
    if (event instanceof TransferEvent.FileStarted file) {
      begun.add(file.download().target());
    } else if (event instanceof FileEnded file) {
      begun.remove(file.download().target());
      if (!(file.outcome() instanceof Outcome.Failed)) {
        done.addFirst(row(file, now));
      }
      if (done.size() > MOST) {
        done.removeLast();
      }
    }
  }

  private static DoneRow row(FileEnded file, Duration now) {
    long size =
        switch (file.outcome()) {
          case Outcome.Completed completed -> completed.size();
          case Outcome.Skipped skipped -> skipped.size();
          case Outcome.Failed failed -> failed.effort().downloaded();
          case Outcome.Cancelled cancelled -> cancelled.effort().downloaded();
        };
    return new DoneRow(
        now,
        Redaction.of(file.download().target().value()),
        file.outcome().status(),
        size,
        file.outcome().effort().elapsed());
  }

  /**
   * The files that have no connection, in the order in which they started.
   *
   * @param elsewhere the files that have a connection or wait for a further attempt
   */
  List<QueueRow> queue(Set<TargetName> elsewhere) {
    return begun.stream()
        .filter(target -> !elsewhere.contains(target))
        .map(target -> new QueueRow(Redaction.of(target.value()), target))
        .toList();
  }

  /** The newest first. */
  List<DoneRow> done() {
    return List.copyOf(done);
  }
}
