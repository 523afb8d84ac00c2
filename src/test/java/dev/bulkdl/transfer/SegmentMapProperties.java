package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * The segment map as a state machine: in any order of the workers' steps, every byte is written
 * exactly once.
 */
class SegmentMapProperties {

  /** The steps of a worker. */
  enum Act {
    CLAIM,
    CLAIM_AGAIN,
    WAIT,
    RESERVE,
    WRITE,
    GIVE_BACK,
    FAIL,
    LEARN_TOTAL,
    ALLOW_SPLITS,
    FORBID_SPLITS
  }

  /**
   * @param worker which of the active segments the step uses
   * @param bytes the number of bytes
   */
  record Step(Act act, int worker, int bytes) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(4, Act.CLAIM),
                Tuple.of(4, Act.CLAIM_AGAIN),
                Tuple.of(4, Act.WAIT),
                Tuple.of(4, Act.RESERVE),
                Tuple.of(8, Act.WRITE),
                Tuple.of(3, Act.GIVE_BACK),
                Tuple.of(1, Act.FAIL),
                Tuple.of(1, Act.LEARN_TOTAL),
                Tuple.of(3, Act.ALLOW_SPLITS),
                Tuple.of(1, Act.FORBID_SPLITS)),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(1, 60))
        .as(Step::new);
  }

  @Property
  void everyByteIsWrittenOnceInAnyOrderOfSteps(
      @ForAll @IntRange(min = 0, max = 300) int total,
      @ForAll @IntRange(min = 1, max = 40) int minimum,
      @ForAll boolean totalIsKnown,
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 300) Integer> there,
      @ForAll @Size(max = 80) List<@From("steps") Step> steps) {
    Model model = new Model(total, minimum, totalIsKnown, present(there, total));
    steps.forEach(model::take);
    model.finish();
  }

  private static ByteRanges present(List<Integer> ends, int total) {
    ByteRanges spans = ByteRanges.EMPTY;
    for (int i = 1; i < ends.size(); i += 2) {
      spans = spans.plus(ends.get(i - 1), ends.get(i));
    }
    return spans.before(total);
  }

  /** Makes each step on the map, and on an array of bytes beside it. */
  private static final class Model {
    private final SegmentMap map;
    private final int total;
    private final int minimum;
    private final int[] written;
    private final List<Segment> active = new ArrayList<>();
    private final Deque<Throughput> idle = new ArrayDeque<>();
    private long now;

    Model(int total, int minimum, boolean totalIsKnown, ByteRanges there) {
      OptionalLong knownTotal = totalIsKnown ? OptionalLong.of(total) : OptionalLong.empty();
      this.map = new SegmentMap(there, knownTotal, PieceSizes.held(minimum), () -> now);
      this.total = total;
      this.minimum = minimum;
      this.written = new int[total];
      there.list().forEach(span -> count(span.start(), span.end()));
    }

    void take(Step step) {
      switch (step.act()) {
        case CLAIM -> claim(map.newThroughput());
        case CLAIM_AGAIN -> claim(idle.isEmpty() ? map.newThroughput() : idle.removeLast());
        case WAIT -> now += step.bytes() * 50_000_000L;
        case LEARN_TOTAL -> map.learnTotal(total);
        case ALLOW_SPLITS -> map.allowSplits(true);
        case FORBID_SPLITS -> map.allowSplits(false);
        case RESERVE, WRITE, GIVE_BACK, FAIL -> work(step);
      }
      check();
    }

    /**
     * A new connection finds the announced work; one with a measured throughput can decide
     * otherwise.
     */
    private void claim(Throughput pace) {
      boolean hadWork = map.secondsOfWork() > 0;
      long[] endsBefore = active.stream().mapToLong(Segment::end).toArray();
      Optional<Segment> claimed = map.claim(pace);
      if (pace.rate(now) == 0) {
        assertThat(claimed.isPresent()).as("work that was announced").isEqualTo(hadWork);
      }
      for (int i = 0; i < endsBefore.length; i++) {
        Segment victim = active.get(i);
        if (victim.end() != endsBefore[i]) {
          boolean takenWhole = victim.end() == victim.reserved();
          assertThat(takenWhole || victim.end() - victim.reserved() >= minimum).isTrue();
          assertThat(takenWhole || endsBefore[i] - victim.end() >= minimum).isTrue();
        }
      }
      claimed.ifPresent(active::add);
    }

    private void work(Step step) {
      if (active.isEmpty()) {
        return;
      }
      Segment segment = active.get(step.worker() % active.size());
      switch (step.act()) {
        case RESERVE -> map.reserve(segment, inFile(segment, step.bytes()));
        case WRITE -> write(segment, step.bytes());
        case GIVE_BACK -> giveBack(segment);
        default -> {
          map.reserve(segment, inFile(segment, step.bytes()));
          giveBack(segment); // failed before the reserved bytes were written
        }
      }
    }

    /** A server never sends more than the file has, even if the length is not known yet. */
    private int inFile(Segment segment, int bytes) {
      return (int) Math.min(bytes, total - segment.position());
    }

    private void write(Segment segment, int bytes) {
      int granted = map.reserve(segment, inFile(segment, bytes));
      assertThat(granted).isBetween(0, bytes);
      count(segment.position(), segment.position() + granted);
      segment.advance(granted);
    }

    private void giveBack(Segment segment) {
      active.remove(segment);
      map.giveBack(segment);
      idle.addLast(segment.throughput());
    }

    private void count(long from, long to) {
      for (long at = from; at < to; at++) {
        written[(int) at]++;
      }
    }

    private void check() {
      assertThat(Arrays.stream(written)).as("how often a byte was written").allMatch(n -> n <= 1);
      assertThat(map.written()).isEqualTo(asSpans());
      for (Segment one : active) {
        assertThat(one.reserved()).isLessThanOrEqualTo(one.end());
        assertThat(one.position()).isLessThanOrEqualTo(one.end());
        for (Segment other : active) {
          boolean apart = one.end() <= other.start() || other.end() <= one.start();
          assertThat(one == other || apart).as("segments overlap").isTrue();
        }
      }
    }

    private ByteRanges asSpans() {
      ByteRanges spans = ByteRanges.EMPTY;
      for (int at = 0; at < total; at++) {
        spans = written[at] > 0 ? spans.plus(at, at + 1) : spans;
      }
      return spans;
    }

    /** Every worker finishes its work. */
    void finish() {
      map.learnTotal(total);
      map.allowSplits(true);
      while (!active.isEmpty() || map.secondsOfWork() > 0) {
        claim(map.newThroughput());
        while (!active.isEmpty() && map.secondsOfWork() == 0) {
          Segment segment = active.getFirst();
          write(segment, total);
          giveBack(segment);
        }
        check();
      }
      assertThat(map.isComplete()).isTrue();
      assertThat(map.written()).isEqualTo(ByteRanges.prefix(total));
      assertThat(map.claim(map.newThroughput())).isEmpty();
    }
  }

  /** The same with real threads: each byte is written once, by any of them. */
  @Property(tries = 40)
  void everyByteIsWrittenOnceByManyThreads(@ForAll long seed) throws InterruptedException {
    int total = 20_000;
    SegmentMap map =
        new SegmentMap(
            ByteRanges.EMPTY, OptionalLong.empty(), PieceSizes.held(50), Ticker.system());
    AtomicIntegerArray written = new AtomicIntegerArray(total);
    Segment first = map.claim(map.newThroughput()).orElseThrow();
    map.learnTotal(total);
    map.allowSplits(true);
    map.giveBack(first);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Random random = new Random(seed + i);
      workers.add(Thread.ofPlatform().start(() -> work(map, written, random)));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    work(map, written, new Random(seed));
    assertThat(map.isComplete()).isTrue();
    assertThat(map.written()).isEqualTo(ByteRanges.prefix(total));
    for (int at = 0; at < total; at++) {
      assertThat(written.get(at)).as("byte %s", at).isEqualTo(1);
    }
  }

  private static void work(SegmentMap map, AtomicIntegerArray written, Random random) {
    for (Optional<Segment> next = map.claim(map.newThroughput());
        next.isPresent();
        next = map.claim(map.newThroughput())) {
      Segment segment = next.get();
      while (!segment.isDone() && random.nextInt(20) > 0) {
        int granted = map.reserve(segment, 1 + random.nextInt(100));
        for (int i = 0; i < granted; i++) {
          written.incrementAndGet((int) segment.position() + i);
        }
        segment.advance(granted);
      }
      map.giveBack(segment);
    }
  }
}
