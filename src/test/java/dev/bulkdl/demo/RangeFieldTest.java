package dev.bulkdl.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.demo.RangeField.Ignored;
import dev.bulkdl.demo.RangeField.Part;
import dev.bulkdl.demo.RangeField.Unsatisfiable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §14.1.2. The content has 100 bytes unless a test says otherwise. */
class RangeFieldTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-, 0, 100",
    "bytes=10-19, 10, 20",
    "bytes=99-99, 99, 100",
    "bytes=99-, 99, 100",
    "bytes=90-100, 90, 100",
    "bytes=90-9223372036854775807, 90, 100",
    "bytes=90-99999999999999999999999, 90, 100",
    "bytes=-1, 99, 100",
    "bytes=-100, 0, 100",
    "bytes=-101, 0, 100",
    "bytes=-99999999999999999999999, 0, 100",
    "BYTES=1-2, 1, 3",
    "bytes=0000000000000000000000001-2, 1, 3",
  })
  void readsOneRange(String value, long first, long end) {
    assertThat(RangeField.read(value, 100)).isEqualTo(new Part(first, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=100-", "bytes=100-200", "bytes=99999999999999999999999-", "bytes=-0"})
  void tellsWhatLiesOutside(String value) {
    assertThat(RangeField.read(value, 100)).isEqualTo(new Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=1-2,4-5",
        "bytes=a-b",
        "bytes=+1-2",
        "bytes=--1",
        "items=0-5",
        "bytes=1",
        "bytes=1 - 2",
        "bytes=\u0661-\u0662"
      })
  void ignoresWhatItNeedNotKnow(String value) {
    assertThat(RangeField.read(value, 100)).isEqualTo(new Ignored());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-0"})
  void nothingLiesInAnEmptyContent(String value) {
    assertThat(RangeField.read(value, 0)).isEqualTo(new Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-1", "bytes=-0"})
  void theLastBytesOfAnEmptyContentAreAllOfIt(String value) {
    assertThat(RangeField.read(value, 0)).isEqualTo(new Ignored());
  }
}
