package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.ConnectionController.Reason;
import dev.bulkdl.control.LinkSimulator.Change;
import dev.bulkdl.control.LinkSimulator.Client;
import dev.bulkdl.control.LinkSimulator.Link;
import dev.bulkdl.control.LinkSimulator.Load;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The controller on simulated links, beside the best fixed number of connections. */
class ConnectionControllerTest {

  private static final double MIB = 1 << 20;
  private static final int CEILING = 64;
  private static final List<Integer> NUMBERS =
      List.of(1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64);

  record Scenario(Link link, Supplier<Load> load, Change... changes) {
    @Override
    public String toString() {
      return link.name();
    }

    Client run(Concurrency rule, double markAt, double end) {
      LinkSimulator simulator = new LinkSimulator(link, changes);
      Client client = simulator.add(rule, load.get());
      simulator.runUntil(markAt);
      client.mark();
      simulator.runUntil(end);
      return client;
    }
  }

  private static Link link(String name, double roundTrip, double each, double all) {
    return Link.of(name, roundTrip, each * MIB, all * MIB);
  }

  static Stream<Scenario> scenarios() {
    Supplier<Load> large = Load::large;
    Supplier<Load> small = () -> Load.files(20_000);
    Supplier<Load> mixed = () -> Load.mixed(1.2 * MIB, 5);
    return Stream.of(
        new Scenario(link("far, each 6 of 120", 0.1, 6, 120), large),
        new Scenario(link("far, each 6 of 100, mixed", 0.08, 6, 100), mixed),
        new Scenario(link("far, each 6 of 100, small", 0.08, 6, 100), small),
        new Scenario(link("near", 0.0005, 110, 110), large),
        new Scenario(link("home", 0.03, 2, 2), large),
        new Scenario(link("satellite", 0.6, 2, 10), large),
        new Scenario(link("satellite, small", 0.6, 2, 10), small),
        new Scenario(link("each 20 of 100", 0.04, 20, 100), large),
        new Scenario(link("each 2 of 100", 0.04, 2, 100), large),
        new Scenario(link("each 0.5 of 50", 0.05, 0.5, 50), large),
        new Scenario(link("knee at 8", 0.05, 10, 100).withKnee(8, 0.05), large),
        new Scenario(link("knee at 16", 0.1, 6, 200).withKnee(16, 0.03), large),
        new Scenario(link("refuses above 2", 0.06, 6, 200).refusingAbove(2), large),
        new Scenario(link("refuses above 6", 0.06, 6, 200).refusingAbove(6), large),
        new Scenario(link("refuses above 10", 0.06, 6, 200).refusingAbove(10), large),
        new Scenario(link("refuses above 20", 0.06, 6, 200).refusingAbove(20), large),
        new Scenario(link("refuses above 6, small", 0.06, 6, 200).refusingAbove(6), small),
        new Scenario(
            link("gets slower", 0.05, 6, 100), large, new Change(5, link("", 0.05, 6, 30))),
        new Scenario(
            link("gets faster", 0.05, 6, 30), large, new Change(60, link("", 0.05, 6, 150))));
  }

  /**
   * After its first five seconds it is never slower than the best fixed number by more than 5 %.
   */
  @ParameterizedTest
  @MethodSource("scenarios")
  void isNearTheBestFixedNumber(Scenario scenario) {
    double best =
        NUMBERS.stream()
            .filter(number -> number <= scenario.link.refusedAbove())
            .mapToDouble(number -> scenario.run(new Fixed(number), 5, 120).work())
            .max()
            .orElseThrow();
    Client ours = scenario.run(Concurrency.ours(CEILING), 5, 120);
    assertThat(ours.work()).isGreaterThan(0.95 * best);
    assertThat(ours.refusals()).isLessThanOrEqualTo(3);
  }

  /**
   * A busy machine takes requests that have ended for connections in use, so the server seems to
   * bear more than it does. Then a wave is refused, but not one file after the other.
   */
  @ParameterizedTest
  @ValueSource(ints = {10, 60, 300})
  void aBusyMachineProvokesNoStormOfRefusals(int kib) {
    Random random = new Random(kib);
    for (int i = 0; i < 100; i++) {
      Link few = link("few", random.nextDouble(0.1), random.nextDouble(0.05, 5), 20);
      LinkSimulator simulator = new LinkSimulator(few.refusingAbove(random.nextInt(2, 10)));
      Client client = simulator.add(Concurrency.ours(CEILING), Load.files(1_000, kib << 10));
      double from = random.nextDouble(2);
      double seesAnswers = from + random.nextDouble(0.5);
      client.isBusy(from, seesAnswers, seesAnswers + random.nextDouble(0.5));
      simulator.runUntil(8);
      assertThat(client.refusals()).isLessThanOrEqualTo(30);
    }
  }

  /** Of the six connections that were served, one had ended for the server. */
  @Test
  void aRefusedConnectionIsNotReplaced() {
    use(6, 0);
    controller.answered(6, Duration.ofMillis(50), SECOND);
    controller.refused(use(1, SECOND), Certainty.SURE, SECOND);
    controller.released(SECOND);
    controller.released(SECOND);
    assertThat(controller.allowed()).isEqualTo(6);
    controller.refused(use(1, SECOND), Certainty.SURE, SECOND + 1);
    assertThat(controller.allowed()).isEqualTo(5);
  }

  /** One large file over a long link is at full rate within two seconds. */
  @Test
  void climbsFast() {
    Scenario far = new Scenario(link("far", 0.1, 6, 120), Load::large);
    assertThat(far.run(Concurrency.ours(CEILING), 2, 3).work()).isGreaterThan(0.95 * 120 * MIB);
  }

  @Test
  void givesBackWhatBringsNothing() {
    Scenario home = new Scenario(link("home", 0.03, 2, 2), Load::large);
    Client client = home.run(Concurrency.ours(CEILING), 5, 120);
    assertThat(client.inUse()).isLessThanOrEqualTo(8);
  }

  /**
   * Small files need many connections. The large ones after them use fewer than that, and still too
   * many for the link.
   */
  @Test
  void findsThatFewerAreBetterWhereNotAllAreUsed() {
    Link knee = link("knee at 9", 0.035, 17, 18).withKnee(9, 0.05);
    Supplier<Load> load = () -> Load.smallThenLarge(2_000, 20);
    double best = new Scenario(knee, load).run(new Fixed(9), 20, 60).work();
    double ours = new Scenario(knee, load).run(Concurrency.ours(CEILING), 20, 60).work();
    assertThat(ours).isGreaterThan(0.9 * best);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 10, 40})
  void twoShareALinkFairly(double secondBegins) {
    LinkSimulator simulator = new LinkSimulator(link("shared", 0.05, 6, 120));
    Client one = simulator.add(Concurrency.ours(CEILING), Load.large());
    Client other = simulator.add(Concurrency.ours(CEILING), Load.large(), secondBegins);
    assertThat(jain(simulator, secondBegins + 30, one, other)).isGreaterThan(0.9);
  }

  /** The other client holds 16 connections, as many download managers do. */
  @Test
  void sharesALinkWithAnotherClient() {
    LinkSimulator simulator = new LinkSimulator(link("shared", 0.05, 60, 120));
    Client one = simulator.add(Concurrency.ours(CEILING), Load.large());
    Client other = simulator.add(new Fixed(16), Load.large());
    assertThat(jain(simulator, 30, one, other)).isGreaterThan(0.75);
  }

  private static double jain(LinkSimulator simulator, double from, Client... clients) {
    simulator.runUntil(from);
    for (Client client : clients) {
      client.mark();
    }
    simulator.runUntil(from + 120);
    double[] work = Stream.of(clients).mapToDouble(Client::work).toArray();
    double sum = DoubleStream.of(work).sum();
    return sum * sum / (work.length * DoubleStream.of(work).map(each -> each * each).sum());
  }

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ConnectionController controller = new ConnectionController(0, CEILING);

  private int use(int connections, long now) {
    int level = 0;
    for (int i = 0; i < connections; i++) {
      level = controller.granted(now);
    }
    return level;
  }

  @Test
  void beginsWithFew() {
    assertThat(controller.allowed()).isEqualTo(ConnectionController.FIRST);
    assertThat(controller.reason()).isEqualTo(Reason.CLIMBING);
  }

  /** Three connections above the proven number are under way at most. */
  @Test
  void fewAreUnproven() {
    use(4, 0);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    assertThat(controller.allowed()).isEqualTo(7);
  }

  /** Each answer is a part of one step: the others of its wave arrive a moment later. */
  @Test
  void answersThatArriveTogetherAreOneStep() {
    use(4, 0);
    controller.answered(1, Duration.ofMillis(80), SECOND);
    controller.answered(2, Duration.ofMillis(80), SECOND);
    assertThat(controller.allowed()).isEqualTo(5);
    controller.answered(3, Duration.ofMillis(80), SECOND + 1_000_000);
    controller.answered(4, Duration.ofMillis(80), SECOND + 2_000_000);
    assertThat(controller.allowed()).isEqualTo(7);
    use(3, SECOND + 3_000_000);
    controller.answered(7, Duration.ofMillis(80), SECOND + 30_000_000);
    assertThat(controller.allowed()).isEqualTo(7);
  }

  /** A step takes more than half a second there. */
  @Test
  void doublesOverAVeryLongLink() {
    use(4, 0);
    controller.answered(4, Duration.ofMillis(1200), SECOND);
    assertThat(controller.allowed()).isEqualTo(8);
  }

  @Test
  void knowsWhatItWillAllowNext() {
    use(4, 0);
    assertThat(controller.next()).isEqualTo(7);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    assertThat(controller.next()).isEqualTo(10);
    controller.limit(8);
    assertThat(controller.next()).isEqualTo(8);
  }

  /** The server can have been restarted, so it is tried again, without a limit. */
  @Test
  void connectionsThatTheServerDidNotBearDelayTheClimb() {
    use(4, 0);
    for (int lost = 0; lost < 3; lost++) {
      controller.refusedAhead(4, SECOND);
    }
    controller.answered(4, Duration.ofMillis(50), SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
    controller.answered(4, Duration.ofMillis(50), 3 * SECOND);
    assertThat(controller.allowed()).isEqualTo(5);
    controller.answered(use(1, 3 * SECOND), Duration.ofMillis(50), 4 * SECOND);
    assertThat(controller.allowed()).isEqualTo(8);
  }

  /** Three of them, or of refused requests, name the limit of a server that has answered. */
  @Test
  void connectionsThatAServerDidNotBearAfterAnAnswerNameItsLimit() {
    use(4, 0);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    for (int borne = 7; borne >= 5; borne--) {
      controller.refusedAhead(borne, SECOND);
    }
    assertThat(controller.allowed()).isEqualTo(4);
    pass(2, 60);
    assertThat(controller.allowed()).isEqualTo(5);
    assertThat(controller.reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void neverExceedsItsCeiling() {
    controller.limit(5);
    use(4, 0);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    assertThat(controller.allowed()).isEqualTo(5);
    assertThat(controller.reason()).isEqualTo(Reason.CEILING);
  }

  /** All others were served, so their number is the limit. */
  @Test
  void aRefusedFurtherConnectionNamesTheLimit() {
    use(4, 0);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    int level = use(1, SECOND);
    controller.refused(level, Certainty.SURE, 2 * SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
    assertThat(controller.reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void aRefusalOfWhatWasServedBeforeHalvesOnceASecond() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    controller.refused(8, Certainty.SURE, 2 * SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
    controller.refused(7, Certainty.SURE, 2 * SECOND + 1);
    assertThat(controller.allowed()).isEqualTo(4);
  }

  /** One URL that is refused does not limit the others. */
  @Test
  void aDoubtfulRefusalAboveTheProvenNumberOnlyDelaysTheClimb() {
    use(1, 0);
    controller.answered(1, Duration.ofMillis(50), SECOND);
    int level = use(1, SECOND);
    controller.refused(level, Certainty.DOUBTFUL, SECOND);
    controller.refused(level, Certainty.DOUBTFUL, SECOND);
    assertThat(controller.allowed()).isEqualTo(ConnectionController.FIRST);
    controller.refused(level, Certainty.DOUBTFUL, SECOND);
    assertThat(controller.allowed()).isEqualTo(1);
    assertThat(controller.reason()).isEqualTo(Reason.REFUSED);
  }

  /** 503 can be about one URL. Those of several URLs in a short time are about the client. */
  @Test
  void oneDoubtfulRefusalChangesNothing() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    int before = controller.allowed();
    controller.refused(8, Certainty.DOUBTFUL, 2 * SECOND);
    controller.answered(8, Duration.ofMillis(50), 2 * SECOND);
    controller.refused(8, Certainty.DOUBTFUL, 13 * SECOND);
    controller.refused(8, Certainty.DOUBTFUL, 13 * SECOND);
    assertThat(controller.allowed()).isEqualTo(before);
    controller.answered(8, Duration.ofMillis(50), 14 * SECOND);
    controller.refused(8, Certainty.DOUBTFUL, 14 * SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
  }

  /** With Retry-After it is likely about the client. */
  @Test
  void twoLikelyRefusalsCount() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    int before = controller.allowed();
    controller.refused(8, Certainty.LIKELY, 2 * SECOND);
    assertThat(controller.allowed()).isEqualTo(before);
    controller.refused(6, Certainty.LIKELY, 3 * SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
    pass(4, 100);
    assertThat(controller.allowed()).isEqualTo(5);
  }

  /** A list can have many URLs that the server never serves. They cost less and less. */
  @Test
  void doubtfulRefusalsCountLessOften() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    int lowered = 0;
    for (int second = 2; second < 100; second++) {
      int before = controller.allowed();
      for (int i = 0; i < 5; i++) {
        controller.refused(4, Certainty.DOUBTFUL, second * SECOND);
      }
      lowered += controller.allowed() < before ? 1 : 0;
    }
    assertThat(lowered).isLessThanOrEqualTo(3);
  }

  /** A server never serves some files of a list, whatever the number of connections. */
  @Test
  void filesThatAreRefusedAgainDoNotLimitTheOthers() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    for (int file = 0; file < 3; file++) {
      controller.refused(9, Certainty.DOUBTFUL, 2 * SECOND);
    }
    assertThat(controller.reason()).isEqualTo(Reason.REFUSED);
    for (int file = 0; file < 3; file++) {
      controller.triedAgain(8, false, 3 * SECOND);
    }
    assertThat(controller.reason()).isEqualTo(Reason.CLIMBING);
    assertThat(controller.next()).isGreaterThan(8);
    for (int file = 0; file < 20; file++) {
      controller.refused(8, Certainty.DOUBTFUL, 3 * SECOND);
    }
    assertThat(controller.reason()).isEqualTo(Reason.CLIMBING);
  }

  /** If files are served when they are asked for again, it was the number. */
  @Test
  void filesThatAreServedLaterConfirmTheLimit() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    for (int file = 0; file < 3; file++) {
      controller.refused(9, Certainty.DOUBTFUL, 2 * SECOND);
      controller.triedAgain(8, true, 2 * SECOND);
    }
    for (int file = 0; file < 3; file++) {
      controller.triedAgain(8, false, 3 * SECOND);
      controller.triedAgain(9, false, 3 * SECOND);
    }
    assertThat(controller.reason()).isEqualTo(Reason.REFUSED);
    assertThat(controller.allowed()).isEqualTo(8);
  }

  /** It comes back by one each second, up to what the server surely bears. */
  @Test
  void comesBackAfterARefusal() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    controller.refused(8, Certainty.SURE, 2 * SECOND);
    controller.sample(3 * SECOND - 1, 0, 1, true);
    assertThat(controller.allowed()).isEqualTo(4);
    pass(3, 100);
    assertThat(controller.allowed()).isEqualTo(6);
  }

  /** Each further refusal makes it slower, down to one each ten seconds. */
  @Test
  void comesBackMoreSlowlyEachTime() {
    use(8, 0);
    controller.answered(8, Duration.ofMillis(50), SECOND);
    controller.refused(8, Certainty.SURE, 2 * SECOND);
    controller.refused(7, Certainty.SURE, 4 * SECOND);
    pass(5, 5);
    assertThat(controller.allowed()).isEqualTo(4);
    pass(6, 6);
    assertThat(controller.allowed()).isEqualTo(5);
  }

  private void pass(int fromSecond, int toSecond) {
    for (int second = fromSecond; second <= toSecond; second++) {
      controller.sample(second * SECOND, 0, 1, true);
    }
  }

  /** The processor or the disk binds: more connections would not help. */
  @Test
  void doesNotClimbWhereThisMachineIsSlow() {
    use(4, 0);
    controller.sample(SECOND, 1 << 20, 0, false);
    controller.answered(4, Duration.ofMillis(50), SECOND);
    assertThat(controller.allowed()).isEqualTo(4);
    controller.sample(2 * SECOND, 2 << 20, 1, true);
    assertThat(controller.allowed()).isEqualTo(7);
  }
}
