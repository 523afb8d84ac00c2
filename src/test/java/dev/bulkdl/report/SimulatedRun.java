package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.model.TransferMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** A run without network and clock: a number of slots takes files, each at its own rate. */
final class SimulatedRun {

  static final Duration STEP = Duration.ofMillis(250);

  /**
   * A file of the run.
   *
   * @param listed whether the manifest has its length
   * @param announced whether the server sends its length
   * @param rate bytes per second over its connection
   */
  record SimulatedFile(long length, boolean listed, boolean announced, long rate) {}

  /**
   * @param gusts how much the rate varies from second to second: 0.5 for half to one and a half
   * @param seed of the gusts
   */
  record Weather(double gusts, long seed) {}

  /** A sample, and the time that the run really took from there. */
  record Sample(RunProgress run, Duration left) {}

  private final List<SimulatedFile> files;
  private final int slots;
  private final Weather weather;
  private final Deque<Integer> queue = new ArrayDeque<>();
  private final List<Active> active = new ArrayList<>();
  private long completed;
  private long received;

  private static final class Active {
    private final int index;
    private long bytes;

    private Active(int index) {
      this.index = index;
    }
  }

  SimulatedRun(List<SimulatedFile> files, int slots, Weather weather) {
    this.files = files;
    this.slots = slots;
    this.weather = weather;
    for (int i = 0; i < files.size(); i++) {
      queue.add(i);
    }
  }

  /** Runs to the end. */
  List<Sample> samples() {
    List<RunProgress> seen = new ArrayList<>();
    Random random = new Random(weather.seed);
    double gust = 1;
    Duration now = Duration.ZERO;
    while (completed < files.size()) {
      if (now.toMillisPart() == 0) {
        gust = 1 + weather.gusts * (2 * random.nextDouble() - 1);
      }
      now = now.plus(STEP);
      step(gust);
      seen.add(progress(now));
    }
    Duration end = now;
    return seen.stream().map(run -> new Sample(run, end.minus(run.elapsed()))).toList();
  }

  private void step(double gust) {
    while (active.size() < slots && !queue.isEmpty()) {
      active.add(new Active(queue.remove()));
    }
    for (Active file : List.copyOf(active)) {
      SimulatedFile is = files.get(file.index);
      long more = Math.min(is.length - file.bytes, Math.round(is.rate * gust / 4));
      file.bytes += more;
      received += more;
      if (file.bytes == is.length) {
        active.remove(file);
        completed++;
      }
    }
  }

  private RunProgress progress(Duration now) {
    long expected = 0;
    long unknown = 0;
    long known = 0;
    long lengths = 0;
    for (int i = 0; i < files.size(); i++) {
      SimulatedFile file = files.get(i);
      int index = i;
      boolean waits = queue.contains(index);
      boolean isActive = active.stream().anyMatch(each -> each.index == index);
      boolean ended = !waits && !isActive;
      if (file.listed || ended || (isActive && file.announced)) {
        known++;
        lengths += file.length;
        expected += ended ? 0 : file.length - bytes(index);
      } else {
        unknown++;
      }
    }
    OptionalLong mean = known == 0 ? OptionalLong.empty() : OptionalLong.of(lengths / known);
    return Samples.progress(
        now,
        files.size(),
        new long[] {completed, 0, 0, 0},
        received,
        expected,
        false,
        new UnknownLengths(unknown, mean),
        active.stream().map(this::snapshot).toArray(FileSnapshot[]::new));
  }

  private long bytes(int index) {
    return active.stream()
        .filter(each -> each.index == index)
        .mapToLong(each -> each.bytes)
        .findFirst()
        .orElse(0);
  }

  private FileSnapshot snapshot(Active file) {
    SimulatedFile is = files.get(file.index);
    Download download =
        new Download(
            file.index,
            TargetName.of("file" + file.index),
            URI.create("http://host.example/" + file.index),
            is.listed ? OptionalLong.of(is.length) : OptionalLong.empty(),
            List.of(),
            Map.of());
    boolean isKnown = is.listed || is.announced;
    return new FileSnapshot(
        download,
        file.bytes,
        isKnown ? OptionalLong.of(is.length) : OptionalLong.empty(),
        0,
        TransferMode.SINGLE,
        1,
        SegmentLayout.EMPTY);
  }
}
