package dev.bulkdl.page;

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

  private Optional<Duration> firstRequest = Optional.empty();
  private final List<Double> requests = new ArrayList<>();
  private final List<TimelineBar.Wait> waits = new ArrayList<>();

  void answered(Duration now, TransferEvent.Answered answer) {
    firstRequest = firstRequest.or(() -> Optional.of(now.minus(answer.took())));
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
    return begin(now, outcome)
        .map(
            begin ->
                new TimelineBar(
                    Texts.name(download),
                    Texts.host(download.origin()),
                    seconds(begin),
                    seconds(now.minus(begin)),
                    outcome.status(),
                    outcome.effort().downloaded(),
                    outcome.effort().attempts(),
                    outcome.effort().segments(),
                    requests,
                    waits));
  }

  /** A file that was never answered began when it got its connection, if it got one. */
  private Optional<Duration> begin(Duration now, Outcome outcome) {
    Duration work = outcome.effort().elapsed();
    return firstRequest.or(() -> work.isZero() ? Optional.empty() : Optional.of(now.minus(work)));
  }

  /** Seconds with millisecond precision, at least 0. */
  private static double seconds(Duration time) {
    return Math.max(0, time.toMillis()) / 1000.0;
  }
}
