package dev.bulkdl.bench;

import dev.bulkdl.settings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The plan of a bench.
 *
 * @param connections the numbers of connections to measure; at least one, each at least 1
 * @param files the maximum number of files in flight; by default the number of connections
 * @param warmup the start of each cell, which does not count
 * @param duration the measured part of each cell, longer than 0
 * @param repeats cells per number of connections, at least 1
 */
public record BenchPlan(
    List<Integer> connections, OptionalInt files, Duration warmup, Duration duration, int repeats) {

  public BenchPlan {
    connections = connections.stream().distinct().toList();
  }

  /** One measurement with this many connections. {@code repeat} counts from 1. */
  public record Cell(int connections, int repeat) {}

  /**
   * Repeats the whole sweep instead of each cell, so that a drift of the link affects all numbers
   * of connections equally.
   */
  List<Cell> cells() {
    return IntStream.rangeClosed(1, repeats).boxed().flatMap(repeat -> sweep(repeat)).toList();
  }

  private Stream<Cell> sweep(int repeat) {
    return connections.stream().map(count -> new Cell(count, repeat));
  }

  /** The limits of one cell. All its connections may go to one host. */
  Limits limits(Limits given, int count) {
    int inFlight = Math.min(files.orElse(count), count);
    return given
        .withAdaptive(false)
        .withMaxFiles(inFlight)
        .withMaxConnections(count)
        .withMaxPerHost(count);
  }
}
