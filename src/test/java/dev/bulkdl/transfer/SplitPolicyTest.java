package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class SplitPolicyTest {

  private static final long MINIMUM = 1_000;

  private static long share(long left, double theirs, double mine) {
    return SplitPolicy.of(left, theirs, mine, MINIMUM, true);
  }

  @Example
  void equallyFastConnectionsTakeHalf() {
    assertThat(share(2 * MINIMUM, 5, 5)).isEqualTo(MINIMUM);
    assertThat(share(9 * MINIMUM, 5, 5)).isEqualTo(4_500);
    assertThat(share(2 * MINIMUM - 1, 5, 5)).isZero();
  }

  @Example
  void theFasterTakesMoreSoThatBothEndTogether() {
    assertThat(share(12 * MINIMUM, 1, 2)).isEqualTo(8 * MINIMUM);
    assertThat(share(12 * MINIMUM, 2, 1)).isEqualTo(4 * MINIMUM);
  }

  @Example
  void aSlowConnectionKeepsAtLeastTheMinimum() {
    assertThat(share(2_500, 1, 2)).isEqualTo(1_500);
  }

  @Example
  void aSlowConnectionTakesNothingThatTheOtherFinishesSooner() {
    assertThat(share(10 * MINIMUM, 11, 1)).isZero();
    assertThat(share(10 * MINIMUM, 1_000_000, 1)).isZero();
  }

  @Example
  void aMuchFasterConnectionTakesASmallRestWhole() {
    assertThat(share(500, 100, 300)).isEqualTo(500);
    assertThat(share(1_999, 1_000, 3_000)).isEqualTo(1_999);
    assertThat(share(2_500, 100, 10_000)).isEqualTo(2_500);
    assertThat(share(500, 100, 299)).isZero();
  }

  @Example
  void theLeastIsLeftIfTheSlowConnectionFinishesItSooner() {
    assertThat(share(3_900, 1, 3)).isEqualTo(2_900);
    assertThat(share(2_900, 1, 3)).isEqualTo(2_900);
  }

  @Example
  void theWholeIsTakenOnlyIfAllowed() {
    assertThat(SplitPolicy.of(1_999, 1, 1_000, MINIMUM, false)).isZero();
    assertThat(SplitPolicy.of(2_000, 1, 1_000, MINIMUM, false)).isEqualTo(MINIMUM);
  }

  @Example
  void aShortRestIsNotWorthARequest() {
    assertThat(share(250, 1_000, 1e9)).isEqualTo(250);
    assertThat(share(249, 1_000, 1e9)).isZero();
    assertThat(share(0, 1e-9, 1e9)).isZero();
  }

  @Property
  void everyPieceHasTheMinimumUnlessAllIsTaken(
      @ForAll @LongRange(min = 0, max = 1L << 50) long left,
      @ForAll @DoubleRange(min = 0.01, max = 1e12) double theirs,
      @ForAll @DoubleRange(min = 0.01, max = 1e12) double mine,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long minimum,
      @ForAll boolean whole) {
    long taken = SplitPolicy.of(left, theirs, mine, minimum, whole);
    assertThat(taken).isBetween(0L, left);
    if (taken > 0 && (taken < left || !whole)) {
      assertThat(taken).isGreaterThanOrEqualTo(minimum);
      assertThat(left - taken).isGreaterThanOrEqualTo(minimum);
    }
  }
}
