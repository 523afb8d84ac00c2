package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.Layout;
import dev.bulkdl.model.Spans;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SegmentMapTest {

  private static final long MINIMUM = 10;

  private static SegmentMap map(long total) {
    return new SegmentMap(
        Spans.EMPTY, total < 0 ? OptionalLong.empty() : OptionalLong.of(total), MINIMUM);
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
    assertRange(map.claim().orElseThrow(), 0, 100);
    assertThat(map.claim()).isEmpty();
    assertThat(map.isComplete()).isFalse();
  }

  @Test
  void aFileOfUnknownLengthHasNoEndUntilItIsLearned() {
    SegmentMap map = map(-1);
    Segment segment = map.claim().orElseThrow();
    assertRange(segment, 0, SegmentMap.OPEN);
    assertThat(map.total()).isEmpty();
    map.learnTotal(100);
    assertRange(segment, 0, 100);
    assertThat(map.total()).hasValue(100);
  }

  @Test
  void tellsWhereItsBytesAre() {
    SegmentMap map = new SegmentMap(Spans.prefix(20), OptionalLong.of(100), MINIMUM);
    map.allowSplits(true);
    write(map, map.claim().orElseThrow(), 10);
    write(map, map.claim().orElseThrow(), 5);
    assertThat(map.layout())
        .isEqualTo(
            new Layout(
                Spans.prefix(30).plus(65, 70),
                List.of(new Layout.Piece(20, 30, 65), new Layout.Piece(65, 70, 100))));
  }

  @Test
  void theTotalIsLearnedOnce() {
    SegmentMap map = map(100);
    map.learnTotal(50);
    assertThat(map.total()).hasValue(100);
  }

  @Test
  void aConnectionThatRunsDryTakesHalfOfTheLargestRemainder() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = map.claim().orElseThrow();
    write(map, first, 20);
    Segment second = map.claim().orElseThrow();
    assertRange(second, 60, 100);
    assertRange(first, 0, 60);
    Segment third = map.claim().orElseThrow();
    assertThat(third.end() - third.start()).isEqualTo(20);
  }

  @Test
  void nothingIsTakenWhereSplitsAreNotAllowed() {
    SegmentMap map = map(100);
    map.claim();
    assertThat(map.hasWork()).isFalse();
    assertThat(map.claim()).isEmpty();
    map.allowSplits(true);
    assertThat(map.hasWork()).isTrue();
    map.allowSplits(false);
    assertThat(map.claim()).isEmpty();
  }

  @Test
  void nothingSmallerThanTheMinimumIsCut() {
    SegmentMap map = map(2 * MINIMUM - 1);
    map.allowSplits(true);
    map.claim();
    assertThat(map.hasWork()).isFalse();
    assertThat(map.claim()).isEmpty();
    SegmentMap larger = map(2 * MINIMUM);
    larger.allowSplits(true);
    larger.claim();
    assertThat(larger.hasWork()).isTrue();
    assertRange(larger.claim().orElseThrow(), MINIMUM, 2 * MINIMUM);
  }

  @Test
  void whatIsReservedIsNotTaken() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = map.claim().orElseThrow();
    assertThat(map.reserve(first, 80)).isEqualTo(80);
    assertRange(map.claim().orElseThrow(), 90, 100);
    assertRange(first, 0, 90);
  }

  @Test
  void noMoreThanTheSegmentHoldsIsReserved() {
    SegmentMap map = map(100);
    Segment segment = map.claim().orElseThrow();
    assertThat(map.reserve(segment, 500)).isEqualTo(100);
    segment.advance(100);
    assertThat(map.reserve(segment, 500)).isZero();
  }

  @Test
  void theRestOfASegmentThatIsGivenBackIsTheNextToBeClaimed() {
    SegmentMap map = map(100);
    Segment segment = map.claim().orElseThrow();
    write(map, segment, 30);
    map.giveBack(segment);
    assertThat(map.hasWork()).isTrue();
    assertThat(map.written()).isEqualTo(Spans.prefix(30));
    assertRange(map.claim().orElseThrow(), 30, 100);
  }

  @Test
  void anUntouchedSegmentRejoinsTheOneBeforeIt() {
    SegmentMap map = map(100);
    map.allowSplits(true);
    Segment first = map.claim().orElseThrow();
    Segment second = map.claim().orElseThrow();
    Segment third = map.claim().orElseThrow();
    map.allowSplits(false);
    map.giveBack(third);
    map.giveBack(second);
    assertRange(first, 0, 100);
    assertThat(map.hasWork()).isFalse();
    write(map, first, 100);
  }

  @Test
  void whatFollowsAGapRejoinsNothing() {
    SegmentMap map = new SegmentMap(Spans.EMPTY.plus(40, 60), OptionalLong.of(100), MINIMUM);
    map.claim();
    map.giveBack(map.claim().orElseThrow());
    assertRange(map.claim().orElseThrow(), 60, 100);
  }

  @Test
  void isCompleteWhenEveryByteIsGivenBackAsWritten() {
    SegmentMap map = map(100);
    Segment segment = map.claim().orElseThrow();
    write(map, segment, 100);
    assertThat(map.isComplete()).isFalse();
    map.giveBack(segment);
    assertThat(map.isComplete()).isTrue();
    assertThat(map.claim()).isEmpty();
  }

  @Test
  void anEmptyFileIsCompleteAtOnce() {
    assertThat(map(0).isComplete()).isTrue();
    assertThat(map(0).claim()).isEmpty();
    SegmentMap later = map(-1);
    later.giveBack(later.claim().orElseThrow());
    assertThat(later.isComplete()).isFalse();
    later.learnTotal(0);
    assertThat(later.isComplete()).isTrue();
  }

  @Test
  void whatIsThereIsNotFetchedAgain() {
    Spans there = Spans.prefix(10).plus(50, 60);
    SegmentMap map = new SegmentMap(there, OptionalLong.of(100), MINIMUM);
    assertThat(map.written()).isEqualTo(there);
    assertRange(map.claim().orElseThrow(), 10, 50);
    assertRange(map.claim().orElseThrow(), 60, 100);
    assertThat(map.claim()).isEmpty();
  }

  @Test
  void theLengthThatIsLearnedCutsWhatNobodyHasBegun() {
    SegmentMap map = new SegmentMap(Spans.prefix(10), OptionalLong.empty(), MINIMUM);
    map.learnTotal(10);
    assertThat(map.isComplete()).isTrue();
  }

  @Test
  void aSegmentTellsWhatItsJournalDoesNotKnowYet() {
    SegmentMap map = map(100);
    Segment segment = map.claim().orElseThrow();
    write(map, segment, 30);
    assertThat(segment.unnoted()).isEqualTo(30);
    assertThat(segment.noteAll()).isZero();
    assertThat(segment.unnoted()).isZero();
    write(map, segment, 5);
    assertThat(segment.noteAll()).isEqualTo(30);
  }

  @Test
  void aMinimumThatNoFileReachesNeverSplits() {
    SegmentMap map = new SegmentMap(Spans.EMPTY, OptionalLong.of(100), (Long.MAX_VALUE >> 1) + 1);
    map.allowSplits(true);
    map.claim();
    assertThat(map.hasWork()).isFalse();
    assertThat(map.claim()).isEmpty();
  }
}
