package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.SegmentLayout;
import dev.bulkdl.model.ByteRanges;
import dev.bulkdl.settings.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SegmentMapTest {

  private static final long LEAST = 10;
  private static final PieceSize MINIMUM = PieceSizes.held(LEAST);

  private long now;

  private SegmentMap map(long total) {
    return new SegmentMap(
        ByteRanges.EMPTY,
        total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
        MINIMUM,
        () -> now);
  }

  private static Optional<Segment> claim(SegmentMap map) {
    return map.claim(map.newThroughput());
  }

  private static void write(SegmentMap map, Segment segment, int bytes) {
    assertThat(map.reserve(segment, bytes)).isEqualTo(bytes);
    segment.advance(bytes);
  }

  private static void assertRange(Segment segment, long start, long end) {
    assertThat(segment.start()).isEqualTo(start);
    assertThat(segment.end()).isEqualTo(end);
  }

  @Test
  void theFirstSegmentIsTheWholeFile() {
    SegmentMap map = map(100);
    assertRange(claim(map).orElseThrow(), 0, 100);
    assertThat(claim(map)).isEmpty();
    assertThat(map.isComplete()).isFalse();
  }

  @Test
  void aFileOfUnknownLengthHasNoEndUntilItIsLearned() {
    SegmentMap map = map(-1);
    Segment segment = claim(map).orElseThrow();
    assertRange(segment, 0, SegmentMap.OPEN);
    assertThat(map.total()).isEmpty();
    map.learnTotal(100);
    assertRange(segment, 0, 100);
    assertThat(map.total()).hasValue(100);
  }

  @Test
  void reportsItsLayout() {
    SegmentMap map =
        new SegmentMap(ByteRanges.prefix(20), OptionalLong.of(100), MINIMUM, () -> now);
    map.allowSplits(true);
    write(map, claim(map).orElseThrow(), 10);
    write(map, claim(map).orElseThrow(), 5);
    assertThat(map.layout())
        .isEqualTo(
            new SegmentLayout(
                ByteRanges.prefix(30).plus(65, 70),
                List.of(
                    new SegmentLayout.Piece(20, 30, 65, Optional.empty()),
                    new SegmentLayout.Piece(65, 70, 100, Optional.empty()))));
  }

  @Test
  void onlyTheFirstTotalCounts() {
    SegmentMap map = map(100);
    map.learnTotal(50);
    assertThat(map.total()).hasValue(100);
  }

  @Test
  void anIdleConnectionTakesHalfOfTheLargestRemainder() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = claim(map).orElseThrow();
    write(map, first, 20);
    Segment second = claim(map).orElseThrow();
    assertRange(second, 60, 100);
    assertRange(first, 0, 60);
    Segment third = claim(map).orElseThrow();
    assertThat(third.end() - third.start()).isEqualTo(20);
  }

  /** A connection whose range is cut while it arrives is lost, so one cut serves several others. */
  @Test
  void othersShareWhatWasTakenFromASegment() {
    long mib = 1 << 20;
    SegmentMap map =
        new SegmentMap(
            ByteRanges.EMPTY,
            OptionalLong.of(256 * mib),
            new PieceSize(Limits.DEFAULTS),
            () -> now);
    map.allowSplits(true);
    Segment first = claim(map).orElseThrow();
    assertRange(first, 0, 256 * mib);
    assertRange(claim(map).orElseThrow(), 128 * mib, 192 * mib);
    assertThat(map.hasUnclaimed()).isTrue();
    assertRange(claim(map).orElseThrow(), 192 * mib, 213 * mib + mib / 3);
    assertRange(first, 0, 128 * mib);
  }

  @Test
  void aRangeWithoutAnEndIsNotShared() {
    SegmentMap map =
        new SegmentMap(
            ByteRanges.EMPTY, OptionalLong.empty(), new PieceSize(Limits.DEFAULTS), () -> now);
    Segment whole = claim(map).orElseThrow();
    map.allowSplits(true);
    map.giveBack(whole);
    assertRange(claim(map).orElseThrow(), 0, SegmentMap.OPEN);
  }

  /** Files compare it, to find the one that would end last. */
  @Test
  void tellsHowLongItsWorkTakes() {
    SegmentMap map = map(1_000);
    map.allowSplits(true);
    Segment first = claim(map).orElseThrow();
    assertThat(map.secondsOfWork()).isEqualTo(Double.MIN_VALUE);
    now += 1_000_000_000;
    write(map, first, 100);
    assertThat(map.secondsOfWork()).isEqualTo(9);
  }

  @Test
  void nothingIsTakenWithoutPermissionToSplit() {
    SegmentMap map = map(100);
    claim(map);
    assertThat(map.secondsOfWork()).isZero();
    assertThat(claim(map)).isEmpty();
    map.allowSplits(true);
    assertThat(map.secondsOfWork()).isPositive();
    map.allowSplits(false);
    assertThat(claim(map)).isEmpty();
  }

  @Test
  void nothingSmallerThanTheMinimumIsCut() {
    SegmentMap map = map(2 * LEAST - 1);
    map.allowSplits(true);
    claim(map);
    assertThat(map.secondsOfWork()).isZero();
    assertThat(claim(map)).isEmpty();
    SegmentMap larger = map(2 * LEAST);
    larger.allowSplits(true);
    claim(larger);
    assertThat(larger.secondsOfWork()).isPositive();
    assertRange(claim(larger).orElseThrow(), LEAST, 2 * LEAST);
  }

  @Test
  void reservedBytesAreNotTaken() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = claim(map).orElseThrow();
    assertThat(map.reserve(first, 80)).isEqualTo(80);
    assertRange(claim(map).orElseThrow(), 90, 100);
    assertRange(first, 0, 90);
  }

  @Test
  void noMoreThanTheSegmentHoldsIsReserved() {
    SegmentMap map = map(100);
    Segment segment = claim(map).orElseThrow();
    assertThat(map.reserve(segment, 500)).isEqualTo(100);
    segment.advance(100);
    assertThat(map.reserve(segment, 500)).isZero();
  }

  @Test
  void theRestOfAnEndedSegmentIsClaimedNext() {
    SegmentMap map = map(100);
    Segment segment = claim(map).orElseThrow();
    write(map, segment, 30);
    map.giveBack(segment);
    assertThat(map.secondsOfWork()).isPositive();
    assertThat(map.written()).isEqualTo(ByteRanges.prefix(30));
    assertRange(claim(map).orElseThrow(), 30, 100);
  }

  @Test
  void anUntouchedSegmentRejoinsTheOneBeforeIt() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = claim(map).orElseThrow();
    Segment second = claim(map).orElseThrow();
    Segment third = claim(map).orElseThrow();
    map.allowSplits(false);
    map.giveBack(third);
    map.giveBack(second);
    assertRange(first, 0, 100);
    assertThat(map.secondsOfWork()).isZero();
    write(map, first, 100);
  }

  @Test
  void aSegmentBehindAGapDoesNotRejoin() {
    SegmentMap map =
        new SegmentMap(ByteRanges.EMPTY.plus(40, 60), OptionalLong.of(100), MINIMUM, () -> now);
    claim(map);
    map.giveBack(claim(map).orElseThrow());
    assertRange(claim(map).orElseThrow(), 60, 100);
  }

  @Test
  void isCompleteWhenAllSegmentsEndedAsWritten() {
    SegmentMap map = map(100);
    Segment segment = claim(map).orElseThrow();
    write(map, segment, 100);
    assertThat(map.isComplete()).isFalse();
    map.giveBack(segment);
    assertThat(map.isComplete()).isTrue();
    assertThat(claim(map)).isEmpty();
  }

  @Test
  void anEmptyFileIsCompleteAtOnce() {
    assertThat(map(0).isComplete()).isTrue();
    assertThat(claim(map(0))).isEmpty();
    SegmentMap later = map(-1);
    later.giveBack(claim(later).orElseThrow());
    assertThat(later.isComplete()).isFalse();
    later.learnTotal(0);
    assertThat(later.isComplete()).isTrue();
  }

  @Test
  void writtenRangesAreNotFetchedAgain() {
    ByteRanges there = ByteRanges.prefix(10).plus(50, 60);
    SegmentMap map = new SegmentMap(there, OptionalLong.of(100), MINIMUM, () -> now);
    assertThat(map.written()).isEqualTo(there);
    assertRange(claim(map).orElseThrow(), 10, 50);
    assertRange(claim(map).orElseThrow(), 60, 100);
    assertThat(claim(map)).isEmpty();
  }

  @Test
  void theTotalCutsUnclaimedRanges() {
    SegmentMap map =
        new SegmentMap(ByteRanges.prefix(10), OptionalLong.empty(), MINIMUM, () -> now);
    map.learnTotal(10);
    assertThat(map.isComplete()).isTrue();
  }

  @Test
  void aSegmentKnowsItsUnnotedBytes() {
    SegmentMap map = map(100);
    Segment segment = claim(map).orElseThrow();
    write(map, segment, 30);
    assertThat(segment.unnoted()).isEqualTo(30);
    assertThat(segment.takeUnnoted()).isZero();
    assertThat(segment.unnoted()).isZero();
    write(map, segment, 5);
    assertThat(segment.takeUnnoted()).isEqualTo(30);
  }

  @Test
  void aMinimumThatNoFileReachesNeverSplits() {
    SegmentMap map =
        new SegmentMap(
            ByteRanges.EMPTY,
            OptionalLong.of(100),
            PieceSizes.held((Long.MAX_VALUE >> 1) + 1),
            () -> now);
    map.allowSplits(true);
    claim(map);
    assertThat(map.secondsOfWork()).isZero();
    assertThat(claim(map)).isEmpty();
  }

  /** Writes these bytes within the next half second. */
  private void writeSlowly(SegmentMap map, Segment segment, int bytes) {
    now += 500_000_000;
    write(map, segment, bytes);
  }

  @Test
  void theSegmentThatWouldEndLastIsSharedByRates() {
    SegmentMap map = new SegmentMap(ByteRanges.EMPTY, OptionalLong.of(10_000), MINIMUM, () -> now);
    map.allowSplits(true);
    Segment slow = claim(map).orElseThrow();
    Segment fast = claim(map).orElseThrow();
    assertRange(fast, 5_000, 10_000);
    write(map, slow, 2_000);
    writeSlowly(map, fast, 4_000);
    Segment third = claim(map).orElseThrow(); // 4,000 and 8,000 per second: it can do 6,000
    assertRange(third, 5_000 - 1_800, 5_000);
    assertRange(slow, 0, 2_000 + 1_200);
  }

  @Test
  void theWholeRestOfAMuchSlowerConnectionIsTaken() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment slow = claim(map).orElseThrow();
    now += 10_000_000_000L;
    write(map, slow, 30);
    Segment fast = claim(map).orElseThrow();
    assertRange(fast, 65, 100);
    writeSlowly(map, fast, 35);
    assertThat(map.reserve(slow, 1)).isOne();
    map.giveBack(fast);
    assertThat(map.isFetched()).isFalse();
    Segment rest = map.claim(fast.throughput()).orElseThrow();
    assertRange(rest, 31, 65);
    assertThat(map.reserve(slow, 10)).isOne(); // bytes that it had reserved
    write(map, rest, 34);
    assertThat(map.isFetched()).isFalse();
    slow.advance(1);
    assertThat(map.isFetched()).isTrue();
    assertThat(map.isComplete()).isFalse();
    map.giveBack(slow);
    map.giveBack(rest);
    assertThat(map.isComplete()).isTrue();
  }

  /** A small rest is taken too, and by a connection whose rate is unknown. */
  @Test
  void theWholeRestOfAConnectionThatHangsIsTaken() {
    SegmentMap map = map(15);
    map.allowSplits(true);
    Segment hung = claim(map).orElseThrow();
    write(map, hung, 9);
    assertThat(map.secondsOfWork()).isZero();
    map.hangs(hung);
    assertThat(map.secondsOfWork()).isPositive();
    assertThat(map.reserve(hung, 1)).isOne();
    hung.advance(1);
    assertThat(map.secondsOfWork()).isZero();
    map.hangs(hung);
    assertRange(claim(map).orElseThrow(), 10, 15);
    assertThat(hung.isDone()).isTrue();
  }

  @Test
  void aConnectionThatWasNotAnsweredDoesNotHang() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment asked = claim(map).orElseThrow();
    map.hangs(asked);
    assertThat(map.claim(map.newThroughput()).orElseThrow().start()).isGreaterThan(0);
  }

  @Test
  void aSegmentWithoutBytesIsNotTakenWhole() {
    SegmentMap map = map(19);
    map.allowSplits(true);
    Throughput slow = map.newThroughput();
    Throughput fast = map.newThroughput();
    now += 10_000_000_000L;
    slow.received(1, now);
    fast.received(1_000, now);
    Segment asked = map.claim(slow).orElseThrow();
    assertThat(map.claim(fast)).isEmpty();
    write(map, asked, 1);
    assertRange(map.claim(fast).orElseThrow(), 1, 19);
  }

  @Test
  void anUnansweredConnectionCountsAsAverage() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment hung = claim(map).orElseThrow();
    Segment fast = claim(map).orElseThrow();
    now += 10_000_000_000L;
    write(map, fast, 50);
    map.giveBack(fast);
    assertRange(map.claim(fast.throughput()).orElseThrow(), 25, 50);
    assertRange(hung, 0, 25);
  }

  @Test
  void aNewSlowConnectionDoesNotLoseItsWholeRest() {
    SegmentMap map = map(15);
    map.allowSplits(true);
    Throughput fast = map.newThroughput();
    now += 10_000_000_000L;
    fast.received(1_000, now);
    Segment young = claim(map).orElseThrow();
    writeSlowly(map, young, 1);
    assertThat(map.claim(fast)).isEmpty();
    now += 500_000_000;
    assertRange(map.claim(fast).orElseThrow(), 1, 15);
  }
}
