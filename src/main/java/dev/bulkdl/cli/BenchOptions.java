package dev.bulkdl.cli;

import dev.bulkdl.bench.BenchPlan;
import dev.bulkdl.model.SyncPolicy;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that choose the measurements. */
final class BenchOptions {

  private static final List<Integer> SWEEP = List.of(1, 4, 16, 64);

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      converter = Counts.Positive.class,
      description = "Measure with each of these numbers of connections (1,4,16,64).")
  private @Nullable List<Integer> connections;

  @Option(
      names = "--files",
      paramLabel = "N",
      converter = Counts.Positive.class,
      description = "Files in flight (as many as connections); 1 with -s measures one split file.")
  private @Nullable Integer files;

  @Option(
      names = "--warmup",
      paramLabel = "D",
      converter = DurationOrNone.class,
      description = "The beginning of each measurement that does not count (${DEFAULT-VALUE}).")
  private Duration warmup = Duration.ofSeconds(2);

  @Option(
      names = "--duration",
      paramLabel = "D",
      converter = Durations.class,
      description = "What counts of each measurement (${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofSeconds(10);

  @Option(
      names = "--repeat",
      paramLabel = "N",
      converter = Counts.Positive.class,
      description = "Go through the whole sweep so often (${DEFAULT-VALUE}).")
  private int repeat = 1;

  @Option(
      names = "--sink",
      paramLabel = "discard|disk|direct",
      converter = SinkName.class,
      description = {
        "disk writes files as a run does, below DIR, and deletes each when it is complete;",
        "direct does so as a run with --direct;",
        "discard drops the bytes in the call that would write them (discard)."
      })
  private WriteMode sink = WriteMode.DISCARD;

  @Option(
      names = "--sync",
      paramLabel = "always|large|never",
      converter = DiskOptions.Sync.class,
      description = "As in a run (large; with --sink discard, never).")
  private @Nullable SyncPolicy sync;

  BenchPlan plan() {
    return new BenchPlan(
        Optional.ofNullable(connections).orElse(SWEEP),
        files == null ? OptionalInt.empty() : OptionalInt.of(files),
        warmup,
        duration,
        repeat);
  }

  DiskSettings disk(Path folder) {
    SyncPolicy usual = sink == WriteMode.DISCARD ? SyncPolicy.NEVER : SyncPolicy.LARGE;
    return DiskSettings.in(folder).with(Optional.ofNullable(sync).orElse(usual)).with(sink);
  }

  /** A duration, or 0 in any unit. */
  static final class DurationOrNone implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return text.strip().matches("0+(ms|s|m|h)?") ? Duration.ZERO : new Durations().convert(text);
    }
  }

  /** Reads the name of a sink in upper or lower case. */
  static final class SinkName extends EnumConverter<WriteMode> {
    SinkName() {
      super(WriteMode.class, "is none of discard, disk, direct");
    }
  }
}
