package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.report.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Downloads a manifest again and again, until the user stops it. The manifest is read anew each
 * time.
 *
 * @param every the time from one start to the next; if a run takes longer, the next one follows at
 *     once
 * @param zone the zone in which times are shown
 */
public record ManifestWatch(ManifestDownload download, Duration every, ZoneId zone) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** The clock of the wall can jump while the machine sleeps, so it is looked at this often. */
  private static final long LOOK_SECONDS = 30;

  /**
   * Runs until the user stops it, and returns the exit code of the last run or of the signal. A
   * manifest that is wrong at the first run ends it with {@link ExitCode#USAGE}; later, it may be
   * mended before the next run.
   */
  public int run(Console console) {
    InstantSource clock = InstantSource.system();
    AtomicBoolean stopped = new AtomicBoolean();
    int code = ExitCode.COMPLETE;
    for (boolean first = true; !stopped.get(); first = false) {
      Instant next = clock.instant().plus(every);
      code = download.run(console, () -> stopped.set(true));
      if (first && code == ExitCode.USAGE) {
        return code;
      }
      if (!stopped.get()) {
        code = await(next, clock, console, stopped, code);
      }
    }
    return code;
  }

  private int await(
      Instant next, InstantSource clock, Console console, AtomicBoolean stopped, int code) {
    CountDownLatch stop = new CountDownLatch(1);
    Runnable end =
        () -> {
          stopped.set(true);
          stop.countDown();
        };
    if (next.isAfter(clock.instant())) {
      console.note("next run at " + TIME.format(next.truncatedTo(ChronoUnit.SECONDS).atZone(zone)));
    }
    try (Interrupts interrupts = console.interrupts(end)) {
      long left = millisUntil(next, clock);
      while (left > 0 && !stop.await(Math.min(left, LOOK_SECONDS * 1000), TimeUnit.MILLISECONDS)) {
        left = millisUntil(next, clock);
      }
      return interrupts.exitCode(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.set(true);
      return code;
    }
  }

  private static long millisUntil(Instant next, InstantSource clock) {
    return Duration.between(clock.instant(), next).toMillis();
  }
}
