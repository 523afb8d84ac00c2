package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.Forecast.Speeds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the samples of a run and forecasts its rest, see {@link Forecast}. The time left counts
 * down like a clock and moves slowly towards each new estimate, so it does not jump when the rate
 * varies. Time during which the run was paused does not count. Not thread-safe.
 */
public final class ForecastTrack {

  private static final Duration RUN_WINDOW = Duration.ofSeconds(30);
  private static final Duration FILE_WINDOW = Duration.ofSeconds(10);

  /** Rates over a shorter time are meaningless. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  /** Shorter, so that the slowest file counts when the first time left is shown. */
  private static final Duration FIRST_OF_FILE = Duration.ofSeconds(1);

  private final RateWindow rate = new RateWindow(RUN_WINDOW);
  private final SteadyEta eta = new SteadyEta();
  private Map<TargetName, FileTrack> files = new HashMap<>();
  private Duration sampledAt = Duration.ZERO;
  private Duration worked = Duration.ZERO;
  private boolean wasPaused;
  private Duration movedAt = Duration.ZERO;
  private long received;
  private Forecast newest = Forecast.NONE;

  /** The rate of one active file. */
  private static final class FileTrack {
    private final RateWindow rate;
    private final Duration began;
    private long bytes;

    private FileTrack(Duration now, long bytes) {
      this.rate = new RateWindow(FILE_WINDOW, now, bytes);
      this.began = now;
      this.bytes = bytes;
    }

    private void add(Duration now, long count) {
      bytes = count;
      rate.add(now, count);
    }
  }

  /** Adds a sample. The first is expected soon after the start of the run. */
  public void add(RunProgress run) {
    Duration step = run.elapsed().minus(sampledAt);
    sampledAt = run.elapsed();
    worked = wasPaused ? worked : worked.plus(step);
    wasPaused = run.paused();
    movedAt = run.received() == received ? movedAt : worked;
    received = run.received();
    rate.add(worked, run.received());
    Forecast raw = Forecast.of(run, new Speeds(runRate(run), fileRates(run)), run.elapsed());
    boolean tooEarly = worked.compareTo(FIRST) < 0;
    eta.add(run.elapsed(), tooEarly ? Optional.empty() : raw.eta());
    newest = raw.withEta(eta.left());
  }

  /** Returns the forecast at the newest sample. */
  public Forecast forecast() {
    return newest;
  }

  /** The rate; 0 if no file has a connection for a while, because all that is left waits. */
  private double runRate(RunProgress run) {
    boolean waits = run.active().isEmpty() && worked.minus(movedAt).compareTo(FIRST) >= 0;
    return waits ? 0 : rate.perSecond();
  }

  private Map<TargetName, Double> fileRates(RunProgress run) {
    Map<TargetName, FileTrack> kept = HashMap.newHashMap(run.active().size());
    Map<TargetName, Double> rates = new HashMap<>();
    for (FileSnapshot file : run.active()) {
      TargetName target = file.download().target();
      FileTrack track =
          Optional.ofNullable(files.get(target))
              .filter(known -> file.bytes() >= known.bytes)
              .orElseGet(() -> new FileTrack(worked, file.bytes()));
      track.add(worked, file.bytes());
      kept.put(target, track);
      if (worked.minus(track.began).compareTo(FIRST_OF_FILE) >= 0) {
        rates.put(target, track.rate.perSecond());
      }
    }
    files = kept;
    return rates;
  }
}
