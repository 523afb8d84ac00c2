package dev.bulkdl.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.rate.FairQueue.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Runs whose connections take pieces, without threads and time. */
class FairQueueProperties {

  private static final int PIECE = 10_000;

  /**
   * A run on an engine.
   *
   * @param number its number
   */
  private record Run(int number, Flow flow) {}

  /**
   * Serves pieces to connections that come back at once.
   *
   * @return the bytes of each run
   */
  private static long[] serve(List<Integer> weights, List<Integer> connections, int pieces) {
    Random random = new Random(weights.hashCode());
    FairQueue<Run> queue = new FairQueue<>();
    int[] sizes = new int[weights.size()];
    for (int i = 0; i < weights.size(); i++) {
      Run run = new Run(i, new Flow(weights.get(i)));
      sizes[i] = PIECE - random.nextInt(PIECE / 2);
      for (int connection = 0; connection < connections.get(i); connection++) {
        queue.add(run.flow, run, sizes[i]);
      }
    }
    long[] bytes = new long[weights.size()];
    for (int i = 0; i < pieces; i++) {
      Run run = queue.peek().orElseThrow();
      queue.take();
      bytes[run.number] += sizes[run.number];
      queue.add(run.flow, run, sizes[run.number]);
    }
    return bytes;
  }

  @Property(tries = 200)
  void runsShareByWeightHoweverManyConnectionsEachHas(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 1000) Integer> weights,
      @ForAll @IntRange(min = 1, max = 500) int most) {
    List<Integer> connections = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      connections.add(1 + (i * 7919) % most);
    }
    long[] bytes = serve(weights, connections, 60_000);
    long all = 0;
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      all += bytes[i];
      sum += weights.get(i);
    }
    for (int i = 0; i < bytes.length; i++) {
      double fair = (double) all * weights.get(i) / sum;
      assertThat((double) bytes[i]).isBetween(fair * 0.98 - 2 * PIECE, fair * 1.02 + 2 * PIECE);
    }
  }

  @Example
  void theConnectionsOfOneRunTakeTurns() {
    FairQueue<String> queue = new FairQueue<>();
    Flow flow = new Flow(100);
    queue.add(flow, "a", 10);
    queue.add(flow, "b", 1);
    queue.add(flow, "c", 5);
    List<String> order = new ArrayList<>();
    while (queue.size() > 0) {
      order.add(queue.peek().orElseThrow());
      queue.take();
    }
    assertThat(order).containsExactly("a", "b", "c");
  }

  /** Its connection is away while the other run is served a few times. */
  @Example
  void aRunWithOneConnectionGetsItsShareThoughItComesBackLate() {
    FairQueue<String> queue = new FairQueue<>();
    queue.forgive(8 * PIECE);
    Flow many = new Flow(100);
    Flow one = new Flow(100);
    int served = 0;
    int away = 0;
    queue.add(many, "many", PIECE);
    queue.add(one, "one", PIECE);
    for (int i = 0; i < 3000; i++) {
      if (queue.peek().orElseThrow().equals("one")) {
        queue.take();
        served++;
        away = served % 10 == 0 ? 3 : 0;
      } else {
        queue.take();
        queue.add(many, "many", PIECE);
        away--;
      }
      if (away == 0 && queue.size() == 1) {
        queue.add(one, "one", PIECE);
      }
    }
    assertThat(served).isBetween(1450, 1550);
  }

  /** What it did not take in an hour is not owed to it. */
  @Example
  void aRunThatComesBackDoesNotShutOutTheOther() {
    FairQueue<String> queue = new FairQueue<>();
    queue.forgive(8 * PIECE);
    Flow steady = new Flow(100);
    Flow late = new Flow(100);
    for (int i = 0; i < 10_000; i++) {
      queue.add(steady, "steady", PIECE);
      queue.take();
    }
    int served = 0;
    queue.add(steady, "steady", PIECE);
    queue.add(late, "late", PIECE);
    for (int i = 0; i < 100; i++) {
      String next = queue.peek().orElseThrow();
      queue.take();
      served += next.equals("late") ? 1 : 0;
      queue.add(next.equals("late") ? late : steady, next, PIECE);
    }
    assertThat(served).isBetween(50, 60);
  }

  @Example
  void oneThatDoesNotWaitAnyMoreIsNotServed() {
    FairQueue<String> queue = new FairQueue<>();
    Flow flow = new Flow(1);
    queue.add(flow, "a", 1);
    queue.add(flow, "b", 1);
    queue.remove(flow, "a");
    queue.remove(flow, "x");
    assertThat(queue.peek()).contains("b");
    assertThat(queue.size()).isEqualTo(1);
  }
}
