package dev.bulkdl.bench;

import dev.bulkdl.model.Limits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param connections each number of connections to measure with, at least one of at least 1
 * @param files files in flight at the most; without it as many as connections
 * @param warmup the beginning of each cell that does not count
 * @param duration what counts of each cell, longer than 0
 * @param repeats cells for each number of connections, at least 1
 */
public record BenchPlan(
    List<Integer> connections, OptionalInt files, Duration warmup, Duration duration, int repeats) {

  public BenchPlan {
    connections = connections.stream().distinct().toList();
  }

  /** One measurement: the {@code repeat}-th, from 1, with this many connections. */
  public record Cell(int connections, int repeat) {}

  /** The whole sweep, then the whole sweep again, so that a drift of the link is in all alike. */
  List<Cell> cells() {
    return IntStream.rangeClosed(1, repeats).boxed().flatMap(repeat -> sweep(repeat)).toList();
  }

  private Stream<Cell> sweep(int repeat) {
    return connections.stream().map(count -> new Cell(count, repeat));
  }

  /** The limits of one cell: all its connections may go to one host. */
  Limits limits(Limits given, int count) {
    int inFlight = Math.min(files.orElse(count), count);
    return given.withMaxFiles(inFlight).withMaxConnections(count).withMaxPerHost(count);
  }
}
