package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.LinkSimulator.Change;
import dev.bulkdl.control.LinkSimulator.Client;
import dev.bulkdl.control.LinkSimulator.Link;
import dev.bulkdl.control.LinkSimulator.Load;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs of 5 to 15 seconds, in which the climb and the way back from too many connections are a
 * large part: the time that the controller needs beside the best fixed number of connections.
 */
class ShortRunTest {

  private static final double MIB = 1 << 20;
  private static final double LONGEST = 120;
  private static final int SEEDS = 3;
  private static final List<Integer> NUMBERS = List.of(2, 3, 4, 6, 8, 12, 16, 20, 32, 64);

  /**
   * A run.
   *
   * @param megabytes how much is to be moved, in MiB
   * @param times how many times as long as the best fixed number the controller may need
   */
  record ShortRun(
      Link link, Supplier<Load> load, double megabytes, double times, Change... changes) {

    @Override
    public String toString() {
      return link.name();
    }

    double seconds(Supplier<Concurrency> rule) {
      return IntStream.rangeClosed(1, SEEDS)
          .mapToDouble(seed -> seconds(seed, rule.get()))
          .average()
          .orElseThrow();
    }

    private double seconds(long seed, Concurrency rule) {
      LinkSimulator simulator = new LinkSimulator(seed, link, changes);
      Client client = simulator.add(rule, load.get());
      double at = 0;
      while (client.bytes() < megabytes * MIB && at < LONGEST) {
        at += 0.05;
        simulator.runUntil(at);
      }
      return at;
    }

    double best() {
      return NUMBERS.stream()
          .filter(number -> number <= link.refusedAbove())
          .mapToDouble(number -> seconds(() -> new Fixed(number)))
          .min()
          .orElseThrow();
    }
  }

  private static Link link(String name, double roundTrip, double each, double all) {
    return Link.of(name, roundTrip, each * MIB, all * MIB);
  }

  static Stream<ShortRun> runs() {
    Supplier<Load> large = Load::large;
    Supplier<Load> mixed = () -> Load.mixed(1.2 * MIB, 5);
    Supplier<Load> small = () -> Load.files(50_000);
    Supplier<Load> far = () -> Load.files(2 * MIB);
    Change faster = new Change(5, link("", 0.08, 4, 80));
    Change slower = new Change(5, link("", 0.08, 4, 10));
    return Stream.of(
        new ShortRun(link("one large file", 0.1, 6, 120), large, 1024, 1.05),
        new ShortRun(link("mixed", 0.08, 6, 100), mixed, 600, 1.1),
        new ShortRun(link("satellite", 0.6, 1, 6), far, 40, 1.22),
        new ShortRun(link("near", 0.0005, 110, 110), large, 600, 1.05),
        new ShortRun(link("home", 0.04, 2, 2), large, 18, 1.05),
        new ShortRun(link("knee at 4", 0.03, 8, 20).withKnee(4, 0.08), large, 200, 1.25),
        new ShortRun(link("knee at 8", 0.06, 8, 60).withKnee(8, 0.04), large, 320, 1.08),
        new ShortRun(link("knee at 16", 0.1, 6, 200).withKnee(16, 0.03), large, 600, 1.08),
        new ShortRun(link("refuses above 6", 0.05, 8, 1000).refusingAbove(6), large, 288, 1.05),
        new ShortRun(link("refuses above 20", 0.05, 8, 1000).refusingAbove(20), large, 960, 1.1),
        new ShortRun(link("refuses above 8, small", 0.1, 6, 200).refusingAbove(8), small, 20, 1.2),
        new ShortRun(link("gets faster", 0.08, 4, 20), large, 400, 1.1, faster),
        new ShortRun(link("gets slower", 0.08, 4, 50), large, 320, 1.15, slower));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void isNearTheBestFixedNumber(ShortRun run) {
    double ours = run.seconds(() -> Concurrency.ours(64));
    assertThat(ours / run.best()).isLessThan(run.times());
  }
}
