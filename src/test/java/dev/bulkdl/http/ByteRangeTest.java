package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {

  @Test
  void namesTheLastByte() {
    assertThat(new ByteRange(0, 500).headerValue()).isEqualTo("bytes=0-499");
    assertThat(new ByteRange(7, 8).headerValue()).isEqualTo("bytes=7-7");
  }

  @Test
  void anOpenRangeHasNoEnd() {
    assertThat(new ByteRange(500, ByteRange.OPEN).headerValue()).isEqualTo("bytes=500-");
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 5", "6, 5"})
  void refusesInvalidRanges(long first, long end) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(first, end));
  }
}
