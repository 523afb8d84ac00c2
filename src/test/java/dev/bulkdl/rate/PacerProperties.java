package dev.bulkdl.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Connections in a queue, on a clock that is a number: no thread and no waiting. */
class PacerProperties {

  private static final long SECOND = 1_000_000_000L;
  private static final int SECONDS = 14;

  /** What was taken, and when. */
  private record Taken(long at, long bytes, int connection) {}

  /**
   * Lets all connections read as fast as they may.
   *
   * @param late how many nanoseconds too late a wait ends at most
   */
  private static List<Taken> read(long rate, int connections, int buffer, long late) {
    Random random = new Random(rate ^ connections);
    Pacer pacer = new Pacer();
    long now = random.nextLong();
    long start = now;
    pacer.limit(rate, SECOND, now);
    Deque<Integer> queue = new ArrayDeque<>();
    for (int i = 0; i < connections; i++) {
      queue.add(i);
    }
    List<Taken> all = new ArrayList<>();
    while (now - start < SECONDS * SECOND) {
      int connection = queue.remove();
      int piece = RateLimiter.piece(buffer, rate, connections);
      long wait = pacer.nanosUntil(piece, now);
      if (wait > 0) {
        now += wait + (late == 0 ? 0 : random.nextLong(late));
      }
      assertThat(pacer.nanosUntil(piece, now)).isNotPositive();
      pacer.take(piece, now);
      all.add(new Taken(now - start, piece, connection));
      queue.add(connection);
    }
    return all;
  }

  @Property(tries = 120)
  void theRateHoldsOverAnyTenSecondsAndAnySecond(
      @ForAll @LongRange(min = 64 << 10, max = 1L << 30) long rate,
      @ForAll @IntRange(min = 1, max = 1000) int connections,
      @ForAll @IntRange(min = 1024, max = 1 << 20) int buffer,
      @ForAll @LongRange(min = 0, max = 30_000_000) long late) {
    // A reader of tiny buffers at a high rate is bound by the time that each read takes.
    List<Taken> taken = read(rate, connections, (int) Math.max(buffer, rate / 4096), late);
    assertWithin(taken, rate, 10, 0.03);
    assertWithin(taken, rate, 1, 0.1);
  }

  /** In any window of so many seconds, moved from piece to piece. */
  private static void assertWithin(List<Taken> taken, long rate, int seconds, double share) {
    long window = seconds * SECOND;
    long wanted = rate * seconds;
    double piece = taken.getFirst().bytes();
    int first = 0;
    long sum = 0;
    for (Taken each : taken) {
      sum += each.bytes;
      while (each.at - taken.get(first).at >= window) {
        sum -= taken.get(first).bytes;
        first++;
      }
      if (each.at >= window) {
        assertThat((double) sum)
            .isBetween(wanted * (1 - share) - piece, wanted * (1 + share) + piece);
      }
    }
  }

  @Property(tries = 30)
  void connectionsTakeTurns(
      @ForAll @LongRange(min = 64 << 10, max = 1L << 30) long rate,
      @ForAll @IntRange(min = 2, max = 1000) int connections) {
    long[] sums = new long[connections];
    read(rate, connections, 1 << 20, 0).forEach(each -> sums[each.connection] += each.bytes);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (long sum : sums) {
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
    assertThat(most - least).isLessThanOrEqualTo(RateLimiter.piece(1 << 20, rate, connections));
  }

  @Property(tries = 50)
  void itStartsEmptyAndKeepsUnusedTimeForAFewMillisOnly(
      @ForAll @LongRange(min = 64 << 10, max = 1L << 30) long rate,
      @ForAll @LongRange(min = 1, max = 3_600_000_000_000L) long idle) {
    Pacer pacer = new Pacer();
    pacer.limit(rate, SECOND, 0);
    int piece = RateLimiter.piece(1 << 20, rate, 1);
    assertThat(pacer.nanosUntil(piece, 0)).isPositive();
    long atOnce = 0;
    while (pacer.nanosUntil(1024, idle) <= 0) {
      pacer.take(1024, idle);
      atOnce += 1024;
    }
    assertThat(atOnce).isLessThanOrEqualTo((long) (rate * 0.05) + 1024);
  }

  @Property(tries = 50)
  void aChangedRateHoldsFromTheNextPieceOn(
      @ForAll @LongRange(min = 64 << 10, max = 1L << 30) long before,
      @ForAll @LongRange(min = 64 << 10, max = 1L << 30) long after) {
    Pacer pacer = new Pacer();
    pacer.limit(before, SECOND, 0);
    long now = pacer.nanosUntil(1024, 0);
    pacer.take(1024, now);
    pacer.limit(after, SECOND, now);
    int piece = RateLimiter.piece(1 << 20, after, 1);
    assertThat(pacer.nanosUntil(piece, now)).isLessThanOrEqualTo(100_000_000);
  }
}
