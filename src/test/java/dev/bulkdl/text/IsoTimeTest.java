package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IsoTimeTest {

  @Property(tries = 2000)
  void isWhatTheJdkWrites(
      @ForAll @LongRange(min = -62_000_000_000L, max = 253_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    Instant at = Instant.ofEpochSecond(second, nano);
    assertThat(IsoTime.millis(at)).isEqualTo(at.truncatedTo(ChronoUnit.MILLIS).toString());
    assertThat(IsoTime.precise(at)).isEqualTo(at.toString());
    Instant micros = at.truncatedTo(ChronoUnit.MICROS);
    assertThat(IsoTime.precise(micros)).isEqualTo(micros.toString());
    Instant millis = at.truncatedTo(ChronoUnit.MILLIS);
    assertThat(IsoTime.precise(millis)).isEqualTo(millis.toString());
  }

  @Test
  void aWholeSecondHasNoFraction() {
    assertThat(IsoTime.millis(Instant.EPOCH)).isEqualTo(Instant.EPOCH.toString());
  }
}
