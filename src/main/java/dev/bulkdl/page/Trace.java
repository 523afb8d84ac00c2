package dev.bulkdl.page;

import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records one file while it is being fetched. Not thread-safe. */
final class Trace {
  private static final int MOST_REQUESTS = 12;
  private static final int MOST_WAITS = 8;

  private final FileProgress progress;
  private final List<Double> requests = new ArrayList<>();
  private final List<TimelineBar.Wait> waits = new ArrayList<>();

  Trace(FileProgress progress) {
    this.progress = progress;
  }

  void answered(Duration now, TransferEvent.Answered answer) {
    if (requests.size() < MOST_REQUESTS) {
      requests.add(seconds(now.minus(answer.took())));
    }
  }

  void retrying(Duration now, TransferEvent.Retrying retry) {
    if (waits.size() < MOST_WAITS) {
      waits.add(
          new TimelineBar.Wait(seconds(now), seconds(retry.delay()), retry.failure().label()));
    }
  }

  /** The file's bar. Empty if the file never had a connection. */
  Optional<TimelineBar> ended(Duration now, Download download, Outcome outcome) {
    return progress
        .sinceFirstConnection()
        .map(
            took ->
                new TimelineBar(
                    Texts.name(download),
                    Texts.host(download.origin()),
                    seconds(now.minus(took)),
                    seconds(took),
                    outcome.status(),
                    outcome.effort().downloaded(),
                    outcome.effort().attempts(),
                    outcome.effort().segments(),
                    requests,
                    waits));
  }

  /** Seconds with millisecond precision, at least 0. */
  private static double seconds(Duration time) {
    return Math.max(0, time.toMillis()) / 1000.0;
  }
}
