package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanFormatTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048524, 1023.9 KiB",
    "1048525, 1.0 MiB",
    "3435973837, 3.2 GiB",
    "1099511627776, 1.0 TiB",
    "9223372036854775807, 8388608.0 TiB"
  })
  void sizesArePowersOf1024(long bytes, String shown) {
    assertThat(HumanFormat.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0:00",
    "59999, 0:59",
    "60000, 1:00",
    "3599000, 59:59",
    "3723000, 1:02:03",
    "93600000, 26:00:00"
  })
  void durationsAreWholeSeconds(long millis, String shown) {
    assertThat(HumanFormat.duration(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 ms",
    "3.44, 3.4 ms",
    "999.9, 999.9 ms",
    "999.95, 1.0 s",
    "59949, 59.9 s",
    "59950, 0:59",
    "125000, 2:05"
  })
  void latenciesAreShort(double millis, String shown) {
    assertThat(HumanFormat.millis(millis)).isEqualTo(shown);
  }

  @Test
  void ratesAndWaits() {
    assertThat(HumanFormat.rate(220620390)).isEqualTo("210.4 MiB/s");
    assertThat(HumanFormat.seconds(Duration.ofMillis(1260))).isEqualTo("1.3 s");
  }

  @Property
  void noUnitReaches1024BelowTheLargest(@ForAll @LongRange(min = 0, max = 1L << 49) long bytes) {
    double shown = Double.parseDouble(HumanFormat.bytes(bytes).replaceAll(" .*", ""));
    assertThat(shown).isLessThan(1024);
  }
}
