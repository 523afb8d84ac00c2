package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.Trouble;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The last failure of each file that has failed or waits for its next attempt. Keeps the newest
 * {@value #MOST}. Not thread-safe.
 */
final class RecentFailures {

  static final int MOST = 1000;

  /** Keyed by target, or by line number for rows without a target. */
  private final SequencedMap<Object, Trouble> troubles = new LinkedHashMap<>();

  void onEvent(TransferEvent event, Duration now) {
    if (event instanceof TransferEvent.RowRejected row) {
      put(row.line(), "line " + row.line(), row.failure(), Optional.empty());
    } else if (event instanceof TransferEvent.Retrying retry) {
      TargetName target = retry.download().target();
      put(target, target.value(), retry.failure(), Optional.of(now.plus(retry.delay())));
    } else if (event instanceof TransferEvent.Requeued again) {
      troubles.remove(again.download().target());
    } else if (event instanceof TransferEvent.FileEnded file) {
      ended(file.download().target(), file.outcome());
    }
  }

  /** Notes that the user ended all waits. */
  void tryNow(Duration now) {
    troubles.replaceAll(
        (key, trouble) ->
            trouble.nextTry().isEmpty()
                ? trouble
                : new Trouble(trouble.name(), trouble.failure(), Optional.of(now)));
  }

  /** The files that wait for their next attempt. */
  Set<Object> waiting(Duration now) {
    Set<Object> waiting = new HashSet<>();
    troubles.forEach(
        (key, trouble) ->
            trouble
                .nextTry()
                .filter(at -> at.compareTo(now) > 0)
                .ifPresent(at -> waiting.add(key)));
    return waiting;
  }

  private void ended(TargetName target, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      put(target, target.value(), failed.failure(), Optional.empty());
    } else {
      troubles.remove(target);
    }
  }

  private void put(Object key, String name, Failure failure, Optional<Duration> nextTry) {
    troubles.remove(key);
    troubles.put(key, new Trouble(name, failure, nextTry));
    if (troubles.size() > MOST) {
      troubles.pollFirstEntry();
    }
  }

  List<Trouble> newestFirst() {
    return List.copyOf(troubles.sequencedValues().reversed());
  }
}
